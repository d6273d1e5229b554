"""What is owed about an idea: that it is read, that it is answered, that it is put into practice."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.people.ties.queries import placement
from kith.promises.actions import OwnerRule, keep, open_promise, withdraw
from kith.promises.commitments.clocks import WORKING_DAY, end_of_day
from kith.promises.commitments.models import Promise
from kith.promises.service import working_times
from kith.voice.campaigns.models import Terms
from kith.voice.campaigns.queries import standard
from kith.voice.ideas.kinds import ANSWER, DO, DUTY, READ
from kith.voice.ideas.models import Idea
from kith.voice.ideas.queries import KIND, promises_of


def terms_for(idea: Idea) -> Terms:
    """Return the terms an idea was handed in under."""
    return idea.terms if idea.terms is not None else standard()


def rule_of(idea: Idea) -> OwnerRule:
    """Return who answers: the owner of its campaign, else the author's manager; without a name whoever has the duty."""
    if idea.campaign is not None:
        return OwnerRule(person_id=idea.campaign.owner_id, duty_role=DUTY)
    return OwnerRule(manager_of=idea.author_id, duty_role=DUTY)


def owe_answer(idea: Idea, *, at: datetime, by_id: int | None, more_days: int = 0, read: bool = True) -> Promise:
    """Let somebody owe that the idea is read (unless it was) and answered; return the promise of the answer.

    `more_days` are added to both clocks: an idea without a name counts from its Monday, so its week is not lost.
    """
    terms = terms_for(idea)
    wanted = [(READ, terms.receipt_days)] if read else []
    promises = [
        open_promise(
            kind=kind, subject=Subject(KIND, idea.pk), owner=rule_of(idea), waiting_person_id=idea.author_id, at=at,
            by_id=by_id, within=(days + more_days) * WORKING_DAY,
        )
        for kind, days in [*wanted, (ANSWER, terms.answer_days)]
    ]  # fmt: skip
    return promises[-1]


def owe_doing(idea: Idea, *, doer: Person, until: date | None, at: datetime, by_id: int | None) -> Promise:
    """Let somebody owe that an accepted idea is done: until the end of a working day, else by the terms."""
    due = None
    if until is not None:
        due = end_of_day(working_times(person_ids=[doer.pk], at=at)[doer.pk], until)
        if due <= at:
            raise BadInput(_("Choose a day after today."), field="until")
    return open_promise(
        kind=DO, subject=Subject(KIND, idea.pk), owner=OwnerRule(person_id=doer.pk, duty_role=DUTY),
        waiting_person_id=idea.author_id, at=at, by_id=by_id, due_at=due,
        within=terms_for(idea).do_days * WORKING_DAY,
    )  # fmt: skip


def keep_all(idea: Idea, *, kinds: Iterable[str], proof: Idea, at: datetime, by_id: int | None) -> None:
    """Keep what is owed of these kinds about an idea; `proof` is the idea with whose answer it was."""
    for kind, promise in promises_of(idea).items():
        if kind in kinds:
            keep(promise, proof=Subject(KIND, proof.pk), at=at, by_id=by_id)


def drop_doing(idea: Idea, *, reason: str, at: datetime, by_id: int | None) -> None:
    """Let it no longer be owed that an idea is done, because it is decided anew."""
    promise = promises_of(idea).get(DO)
    if promise is not None:
        withdraw(promise, reason=reason, at=at, by_id=by_id, by_its_owner=True)


def unit_of(person_id: int | None, *, at: datetime, zone: str = "UTC") -> int | None:
    """Return the unit a person belongs to, None where there is none."""
    if person_id is None:
        return None
    placed = placement(person_id=person_id, day=local_date(at, zone))
    return placed.unit_id if placed is not None else None
