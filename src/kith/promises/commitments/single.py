"""One promise as one reader may see and steer it: what its page says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.access.requests import PersonRequest
from kith.kernel.clock import local_date
from kith.kernel.refusals import NotAllowed, NotFound
from kith.people.persons.models import Person
from kith.people.ties.queries import colleagues
from kith.promises.commitments.models import Promise, PromiseEvent, What
from kith.promises.commitments.queries import visible_to
from kith.promises.commitments.replaying import worked
from kith.promises.commitments.rules import may_steer
from kith.promises.commitments.showing import Shown, shown
from kith.promises.commitments.situations import managers_above
from kith.promises.duty.queries import duties_of, holders
from kith.promises.duty.shelf import label_of
from kith.promises.service import deputies_of, working_times

MOST_COLLEAGUES = 50
ICONS = {
    What.OPENED: "handshake", What.PASSED_ON: "arrow-right", What.EXTENDED: "calendar", What.PAUSED: "pause",
    What.RESUMED: "play", What.OVERDUE: "clock-alert", What.ESCALATED: "trending-up", What.KEPT: "circle-check",
    What.WITHDRAWN: "undo-2",
}  # fmt: skip
TONES = {What.OVERDUE: "danger", What.ESCALATED: "danger", What.KEPT: "ok"}


@dataclass(frozen=True)
class Happened:
    """One event of a promise in words."""

    title: str
    reason: str
    at: datetime
    icon: str
    tone: str


def in_words(event: PromiseEvent) -> Happened:
    """Return what happened in the reader's language, with the names of those concerned."""
    who = event.to_person.name if event.to_person else ""
    sentences = {
        What.OPENED: _("Promised by %(who)s"),
        What.PASSED_ON: _("Passed on to %(who)s"),
        What.EXTENDED: _("It takes longer"),
        What.PAUSED: _("Paused"),
        What.RESUMED: _("The clock goes on"),
        What.OVERDUE: _("Overdue: %(who)s was told") if who else _("Overdue"),
        What.ESCALATED: _("Still overdue: %(who)s was told") if who else _("Still overdue"),
        What.KEPT: _("Kept"),
        What.WITHDRAWN: _("Withdrawn"),
    }
    rules = {
        "deputy": _("as the deputy of somebody who is away"),
        "manager": _("as the manager"),
        "duty": _("who is on duty"),
    }
    what = What(event.what)
    reason = event.reason if what != What.KEPT else ""
    return Happened(
        title=sentences[what] % {"who": who} if "%(who)s" in sentences[what] else sentences[what],
        reason=reason or rules.get(event.rule, ""),
        at=event.at,
        icon=ICONS[what],
        tone=TONES.get(what, "neutral"),
    )


@dataclass(frozen=True)
class Single:
    """A promise, how a reader sees it, and whether the reader may steer it."""

    shown: Shown
    at: datetime
    steers: bool

    @property
    def promise(self) -> Promise:
        """The promise itself."""
        return self.shown.promise

    @property
    def may_steer(self) -> bool:
        """Whether there is still something to steer, and the reader may."""
        return self.steers and not self.promise.is_settled

    def may_keep(self, *, person_id: int) -> bool:
        """Whether a person says here that it is done: the owner of one made by hand."""
        return bool(self.promise.words) and not self.promise.is_settled and self.promise.owner_id == person_id

    def _worked(self, events: Sequence[PromiseEvent]) -> str:
        """Return in words how much of the owner's working time it has taken so far, "" where nobody owns it."""
        owner = self.promise.owner_id
        times = working_times(person_ids=[owner], at=self.promise.opened_at) if owner else {}
        if owner not in times:
            return ""
        hours = worked(events, times[owner], until=self.at).total_seconds() / 3600
        return ngettext("%(num)s hour", "%(num)s hours", round(hours)) % {"num": round(hours)}

    def context(self) -> dict[str, Any]:
        """Return what the template needs."""
        events = list(self.promise.events.select_related("to_person").order_by("id"))
        return {
            "item": self.shown,
            "promise": self.promise,
            "now": self.at,
            "steers": self.may_steer,
            "events": [in_words(event) for event in events],
            "duty": label_of(self.promise.duty_role),
            "worked": self._worked(events),
        }

    def candidates(self) -> list[Person]:
        """Return who suggests themselves as the next owner: deputies, manager, duty, colleagues of the owner."""
        owner = self.promise.accountable_id
        wanted = list(deputies_of(person_ids=[owner]).get(owner, ()))
        wanted.append(managers_above(person_ids=[owner], at=self.at).get(owner) or 0)
        wanted += holders(codes=[self.promise.duty_role], at=self.at)[self.promise.duty_role]
        near = colleagues(person_id=owner, day=local_date(self.at, "UTC"))[:MOST_COLLEAGUES]
        known = Person.objects.filter(deactivated_at=None).in_bulk(wanted)
        people = [*(known[key] for key in dict.fromkeys(wanted) if key in known), *near]
        never = {owner, self.promise.waiting_person_id}
        return list({person.pk: person for person in people if person.pk not in never}.values())


def of_reader(request: PersonRequest, *, public_id: UUID, at: datetime) -> Single:
    """Return a promise as the reader may see it; `NotFound` for one they may not know of."""
    person = request.person
    promise = visible_to(person=person, roles=request.roles, at=at).filter(public_id=public_id).first()
    if promise is None:
        raise NotFound(_("There is no such promise."))
    manager = managers_above(person_ids=[promise.owner_id], at=at).get(promise.owner_id) if promise.owner_id else None
    steers = may_steer(
        promise,
        person_id=person.pk,
        roles=request.roles,
        duties=duties_of(person_id=person.pk),
        manager_of_owner=manager,
    )
    return Single(shown=shown([promise], person_id=person.pk, at=at)[0], at=at, steers=steers)


def of_steerer(request: PersonRequest, *, public_id: UUID, at: datetime) -> Single:
    """Return a promise that the reader may steer; `NotAllowed` for one they may only see."""
    single = of_reader(request, public_id=public_id, at=at)
    if not single.steers:
        raise NotAllowed(_("Only its owner, their manager or whoever is on duty may do this."))
    return single
