"""Whom a promise's changes are told, in which words."""

from datetime import UTC, datetime

import pytest

from kith.kernel.facts import Told
from kith.kernel.facts.declared import FACTS
from kith.kernel.facts.models import Fact
from kith.promises.commitments import notes
from kith.promises.commitments.actions import extend, pass_on
from kith.promises.commitments.escalation import look
from kith.promises.commitments.notes import Note
from tests.people import make as people
from tests.promises.make import MONDAY, firm, hours, promise

pytestmark = pytest.mark.django_db


def told(name: str) -> list[Told]:  # type: ignore[type-arg]
    rows = Fact.objects.filter(kind=f"promises.{name}").order_by("id")
    return [Told(id=r.pk, at=r.at, by_id=r.by_id, fact=FACTS.get(r.kind).load(r.data)) for r in rows]


def words(found: list[Note]) -> list[tuple[int, str, str]]:
    return [(note.person_id, note.title["en"], note.body["en"]) for note in found]


def test_passing_on_is_told_to_the_new_owner_and_to_whoever_waits() -> None:
    here = firm()
    made = promise(here.ann, waiting_person_id=here.dung.pk)
    pass_on(made, to=here.mai, reason="Mai knows", at=MONDAY, by_id=None)
    found = notes.passed_on(told("PromisePassedOn"))
    assert words(found) == [
        (here.mai.pk, "Yours now: Answer", "You take over from Ann. The due time is unchanged."),
        (here.dung.pk, "In other hands: Answer", "Mai takes care of it now, in place of Ann."),
    ]
    assert {str(note.about) for note in found} == {f"promise:{made.pk}"}
    assert len({note.key for note in found}) == 2
    assert set(found[0].title) == {"en", "vi", "zh-Hans"}


def test_late_is_told_to_owner_and_helper_each_time_and_once_to_whoever_waits() -> None:
    here = firm()
    customer = people.customer()
    promise(here.ann, waiting_person_id=customer.pk)
    for number in (48, 72):
        look(at=MONDAY + hours(number))
    first, second = told("PromiseOverdue")
    assert words(notes.overdue([first])) == [
        (here.ann.pk, "Overdue: Answer", "Keep it, pass it on, or set a new due time with a reason."),
        (here.mai.pk, "Overdue: Answer", "Ann has not kept it in time. Please see to it."),
        (customer.pk, "Overdue: Answer", "We are late, and sorry. Ann owes it to you, and the next one up was told."),
    ]
    assert [note.person_id for note in notes.overdue([second])] == [here.ann.pk, here.dung.pk]
    assert [note.key for note in notes.overdue([first])] == [note.key for note in notes.overdue([first])]


def test_longer_is_told_with_the_new_due_time_where_the_reader_lives() -> None:
    here = firm()
    customer = people.customer(zone="Europe/Berlin")
    made = promise(here.ann, waiting_person_id=customer.pk)
    extend(made, until=datetime(2027, 3, 8, 10, tzinfo=UTC), reason="100% more to measure", at=MONDAY, by_id=None)
    (note,) = notes.extended(told("PromiseExtended"))
    assert words([note]) == [
        (customer.pk, "It takes longer: Answer", "New due time: Mon, 8 Mar 2027, 11:00. Why: 100% more to measure")
    ]
    assert "8 thg 3, 2027" in note.body["vi"]
    assert "2027年3月8日" in note.body["zh-Hans"]


def test_nobody_is_told_of_what_nobody_waits_for() -> None:
    here = firm()
    made = promise(here.ann)
    extend(made, until=datetime(2027, 3, 8, 10, tzinfo=UTC), reason="More", at=MONDAY, by_id=None)
    assert notes.extended(told("PromiseExtended")) == []
