"""What people are told about promises, in every language of ours: composed here, delivered by messaging.

A note names the kind of promise and never its subject, so it can be read by anybody it is sent to; the page of the
promise shows the rest to those who may see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from kith.kernel.facts import Told
from kith.kernel.languages import OUR_LANGUAGES, django_code
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids
from kith.portal.shell.words import when
from kith.promises.commitments.facts import (
    AboutPromise,
    PromiseExtended,
    PromiseOverdue,
    PromisePassedOn,
    PromisePaused,
)
from kith.promises.commitments.kinds import KINDS
from kith.promises.commitments.models import PromiseEvent, What
from kith.promises.commitments.showing import kind_label

YOURS = gettext_noop("Yours now: %(kind)s"), gettext_noop("You take over from %(before)s. The due time is unchanged.")
OTHERS = gettext_noop("In other hands: %(kind)s"), gettext_noop("%(who)s takes care of it now, in place of %(before)s.")
OVERDUE = gettext_noop("Overdue: %(kind)s")
TO_OWNER = OVERDUE, gettext_noop("Keep it, pass it on, or set a new due time with a reason.")
TO_HELPER = OVERDUE, gettext_noop("%(who)s has not kept it in time. Please see to it.")
TO_WAITING = OVERDUE, gettext_noop("We are late, and sorry. %(who)s owes it to you, and the next one up was told.")
LONGER = gettext_noop("It takes longer: %(kind)s"), gettext_noop("New due time: %(until)s. Why: %(reason)s")
PAUSED = (
    gettext_noop("The clock stands still: %(kind)s"),
    gettext_noop("%(who)s looks at it again on %(until)s. Why: %(reason)s"),
)

F = TypeVar("F", bound=AboutPromise)
Words = Mapping[str, str | datetime]


@dataclass(frozen=True)
class Note:
    """One message to one person. `key` makes a second note of the same event the same message."""

    person_id: int
    title: Text
    body: Text
    about: Subject
    key: str


def compose(told: Told[F], to: Person, role: str, sentences: tuple[str, str], words: Words) -> Note:
    """Return a note with its title and body in each of our languages; instants stand in the reader's zone."""
    title, body = Text(), Text()
    for language in OUR_LANGUAGES:
        with translation.override(django_code(language)), timezone.override(to.zone):
            said = {name: value if isinstance(value, str) else when(value) for name, value in words.items()}
            said["kind"] = kind_label(told.fact.kind)
            title[language], body[language] = (gettext(sentence) % said for sentence in sentences)
    about = Subject("promise", told.fact.promise_id)
    return Note(person_id=to.pk, title=title, body=body, about=about, key=f"{about}:{told.id}:{role}")


def _people(person_ids: Iterable[int | None]) -> dict[int, Person]:
    return by_ids(ids={key for key in person_ids if key is not None})


def _name(people: Mapping[int, Person], person_id: int | None) -> str:
    person = people.get(person_id or 0)
    return person.name if person else ""


def _is_quiet(kind: str) -> bool:
    return kind in KINDS and KINDS.get(kind).quiet


def passed_on(told: Sequence[Told[PromisePassedOn]]) -> list[Note]:
    """Return notes to the new owners, and to those who wait that somebody else takes care of it now."""
    facts = [each.fact for each in told]
    people = _people(key for fact in facts for key in (fact.owner_id, fact.from_id, fact.waiting_id))
    notes = []
    for each in told:
        words = {"who": _name(people, each.fact.owner_id), "before": _name(people, each.fact.from_id)}
        if owner := people.get(each.fact.owner_id):
            notes.append(compose(each, owner, "owner", YOURS, words))
        if (waiting := people.get(each.fact.waiting_id or 0)) and not _is_quiet(each.fact.kind):
            notes.append(compose(each, waiting, "waiting", OTHERS, words))
    return notes


def overdue(told: Sequence[Told[PromiseOverdue]]) -> list[Note]:
    """Return notes to owners and to whoever is asked to help, and once to those who wait: nobody is forgotten."""
    facts = [each.fact for each in told]
    people = _people(key for fact in facts for key in (fact.owner_id, fact.escalated_to_id, fact.waiting_id))
    notes = []
    for each in told:
        fact, words = each.fact, {"who": _name(people, each.fact.owner_id)}
        if owner := people.get(fact.owner_id):
            notes.append(compose(each, owner, "owner", TO_OWNER, words))
        if helper := people.get(fact.escalated_to_id or 0):
            notes.append(compose(each, helper, "helper", TO_HELPER, words))
        waiting = people.get(fact.waiting_id or 0)
        if waiting and fact.level == 1 and fact.waiting_id != fact.escalated_to_id:
            notes.append(compose(each, waiting, "waiting", TO_WAITING, words))
    return notes


def extended(told: Sequence[Told[PromiseExtended]]) -> list[Note]:
    """Return notes to those who wait: the new due time in their own zone, and why."""
    return _why_not_yet(told, what=What.EXTENDED, sentences=LONGER)


def paused(told: Sequence[Told[PromisePaused]]) -> list[Note]:
    """Return notes to those who wait: until when the clock stands still, and why."""
    return _why_not_yet(told, what=What.PAUSED, sentences=PAUSED)


def _why_not_yet(told: Sequence[Told[F]], *, what: What, sentences: tuple[str, str]) -> list[Note]:
    people = _people(key for each in told for key in (each.fact.waiting_id, each.fact.owner_id))
    happened = PromiseEvent.objects.filter(promise_id__in=[each.fact.promise_id for each in told], what=what)
    events = {event.promise_id: event for event in happened.order_by("id")}
    notes = []
    for each in told:
        waiting, event = people.get(each.fact.waiting_id or 0), events.get(each.fact.promise_id)
        if waiting and event and event.until:
            words: Words = {"who": _name(people, each.fact.owner_id), "until": event.until, "reason": event.reason}
            notes.append(compose(each, waiting, "waiting", sentences, words))
    return notes
