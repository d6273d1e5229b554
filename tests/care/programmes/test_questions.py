"""Questions on the way, days off, and leaving at once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kith.care.errands.actions import finish
from kith.care.errands.models import Errand
from kith.care.mutes.actions import mute
from kith.care.offers.models import GiftOffer
from kith.care.programmes import actions
from kith.care.programmes.drafting import Caps
from kith.care.programmes.models import Outcome, Run, RunState, StepDone
from kith.care.wishes.actions import refuse
from kith.messaging.deliveries.actions import acknowledge
from kith.messaging.deliveries.answering import Said
from kith.messaging.deliveries.models import Delivery, Message
from kith.messaging.deliveries.rendering import render
from kith.people.calendars.models import Holiday
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.people.ties.models import Tie
from kith.promises.commitments.models import Promise, State
from tests.access import make as access
from tests.care import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
JOINED: dict[str, Any] = {"tie": "employee", "number": 1}
FIRST = datetime(2027, 3, 1, 9, tzinfo=UTC)
LATER = FIRST + timedelta(days=3)
OFFER = {"kindness": "offer-gift", "budget": "1", "currency": "VND", "days": 9}


def go(at: datetime) -> None:
    actions.begin_due(at=at)
    actions.do_due(at=at)


@pytest.fixture
def boss(db: None) -> Person:
    made = people.employee(zone="UTC")
    access.grant(made, "administrator")
    return made


def joiner(boss: Person, **given: Any) -> Person:
    return people.employee(**{"since": date(2027, 3, 1), "zone": "UTC", "manager": boss, **given})


def titles(person: Person) -> list[str]:
    keys = Delivery.objects.filter(person_id=person.pk).values("message_id")
    return [message.title["en"] for message in Message.objects.filter(pk__in=keys).order_by("id")]


def answer(person: Person, number: int, at: datetime) -> None:
    delivery = Delivery.objects.get(person_id=person.pk)
    seen = render(delivery.message, language="en").sha256
    acknowledge(
        delivery_id=delivery.pk, person_id=person.pk, seen_sha256=seen, at=at, via="page", says=Said(answer=number)
    )


def test_a_gift_chosen_or_not(boss: Person) -> None:
    steps = [OFFER, make.wait(3), make.branch("gift-chosen", [make.greet("Enjoy")], [make.call()]), make.greet("Bye")]
    make.programme("joining-day", JOINED, steps)
    chose, waits = joiner(boss), joiner(boss)
    go(FIRST)
    GiftOffer.objects.filter(person=chose).update(chosen_at=FIRST)
    go(LATER)
    assert titles(chose) == ["Enjoy", "Bye"]
    assert titles(waits) == ["Bye"]
    assert Errand.objects.get().person == waits
    places = StepDone.objects.filter(run__person=waits).order_by("position").values_list("position", "kindness")
    assert list(places) == [(0, "offer-gift"), (4, "call"), (5, "greet")]


def test_what_one_answers_and_whether_one_answers_at_all(boss: Person) -> None:
    asks = make.branch(
        "answered-bad", [make.greet("Sorry")], [make.branch("answered", [make.greet("Fine")], [make.greet("Hello?")])]
    )
    make.programme("joining-day", JOINED, [{**make.greet("Well?"), "asks": "well"}, make.wait(3), asks])
    well, unwell, silent = joiner(boss), joiner(boss), joiner(boss)
    go(FIRST)
    answer(well, 0, FIRST)
    answer(unwell, 1, FIRST)
    go(LATER)
    assert titles(well) == ["Well?", "Fine"]
    assert titles(unwell) == ["Well?", "Sorry"]
    assert titles(silent) == ["Well?", "Hello?"]


def test_opened_or_not_and_an_end_on_one_side(boss: Person) -> None:
    steps = [make.greet("Hi"), make.wait(3), make.branch("opened", [{"kindness": "end"}]), make.greet("Still here")]
    make.programme("joining-day", JOINED, steps)
    reads, sleeps = joiner(boss), joiner(boss)
    go(FIRST)
    Delivery.objects.filter(person_id=reads.pk).update(state=2, opened_at=FIRST)
    go(LATER)
    assert (titles(reads), titles(sleeps)) == (["Hi"], ["Hi", "Still here"])
    assert set(Run.objects.values_list("outcome", flat=True)) == {Outcome.FINISHED}


def test_called_or_not(boss: Person) -> None:
    steps = [make.call(), make.wait(3), make.branch("called", [make.greet("Nice talk")], [make.call(kindness="task")])]
    make.programme("joining-day", JOINED, steps)
    talked, not_yet = joiner(boss), joiner(boss)
    go(FIRST)
    finish(errand=Errand.objects.get(person=talked), by=boss, note="Well", at=FIRST)
    go(LATER)
    assert (titles(talked), titles(not_yet)) == (["Nice talk"], [])
    assert Promise.objects.filter(kind="care-task").count() == 1


def test_a_segment_is_asked_as_its_rule_was_when_written(boss: Person) -> None:
    segment = Segment.objects.create(
        name=make.words("Viet"), rule={"attribute": "language", "is": ["vi"]}, updated_at=FIRST
    )
    steps = [
        make.wait(3),
        make.branch("segment", [make.greet("Xin chào")], [make.greet("Hi")], segment=str(segment.pk)),
    ]
    make.programme("joining-day", JOINED, steps)
    Segment.objects.update(rule={"everyone": True})
    lan, tom = joiner(boss, language="vi"), joiner(boss, language="en")
    go(FIRST)
    go(LATER)
    assert (titles(lan), titles(tom)) == (["Xin chào"], ["Hi"])


@pytest.mark.parametrize(
    ("rule", "day"), [("same", date(2027, 3, 6)), ("next", date(2027, 3, 9)), ("before", date(2027, 3, 5))]
)
def test_a_moment_on_a_day_off_comes_when_the_programme_says(boss: Person, rule: str, day: date) -> None:
    """6 March 2027 is a Saturday; Monday the 8th is a holiday at the site."""
    make.programme("joining-day", JOINED, [make.greet()], caps=Caps(on_free_day=rule))
    site = people.site(calendar=people.calendar())
    Holiday.objects.create(calendar=site.calendar, date=date(2027, 3, 8), name={"en": "Day off"})
    joiner(boss, since=date(2027, 3, 6), site=site)
    hour = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    go(hour - timedelta(minutes=1))
    assert not Run.objects.exists()
    go(hour)
    assert Run.objects.get().due_at == hour
    for later in range(1, 9):
        go(hour + timedelta(days=later))
    assert Message.objects.count() == 1


def test_a_sensitive_time_on_the_day_to_which_it_moved_is_silent(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.greet()], caps=Caps(on_free_day="next"))
    lan = joiner(boss, since=date(2027, 3, 6))
    mute(person=lan, since=date(2027, 3, 8), until=date(2027, 3, 8), at=FIRST, by_id=None)
    go(datetime(2027, 3, 8, 9, tzinfo=UTC))
    assert not Run.objects.exists()


def test_a_wait_that_ends_on_a_day_off_ends_on_the_next_working_day(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.wait(5), make.greet()], caps=Caps(on_free_day="next"))
    joiner(boss)
    go(FIRST)
    assert Run.objects.get().next_at == datetime(2027, 3, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize("stay", [False, True])
def test_who_leaves_the_audience_leaves_at_once_and_nothing_is_owed_for_them(boss: Person, stay: bool) -> None:  # noqa: FBT001
    make.programme(
        "joining-day", JOINED, [make.call(), make.wait(30), make.greet()],
        rule={"attribute": "language", "is": ["vi"]}, caps=Caps(leavers_stay=stay),
    )  # fmt: skip
    lan = joiner(boss, language="vi")
    go(FIRST)
    Person.objects.filter(pk=lan.pk).update(language="en")
    go(FIRST + timedelta(minutes=1))
    run, owed = Run.objects.get(), Promise.objects.get()
    assert (run.state, run.outcome) == ((RunState.WAITING, "") if stay else (RunState.ENDED, Outcome.LEFT))
    assert owed.state == (State.OPEN if stay else State.WITHDRAWN)


def test_the_end_of_an_employment_ends_what_waits_the_day_after(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.wait(30), make.greet()], rule={"everyone": True})
    lan = joiner(boss)
    go(FIRST)
    Tie.objects.filter(person=lan).update(until=date(2027, 3, 2))
    go(datetime(2027, 3, 2, 23, 59, tzinfo=UTC))
    assert Run.objects.get().state == RunState.WAITING
    go(datetime(2027, 3, 3, 0, 0, tzinfo=UTC))
    assert Run.objects.get().outcome == Outcome.LEFT


def test_a_sensitive_time_that_begins_later_withdraws_what_is_owed_on_its_first_day(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.call(), make.wait(30), make.greet()])
    lan = joiner(boss)
    mute(person=lan, since=date(2027, 3, 5), until=date(2027, 3, 9), at=FIRST, by_id=None)
    go(FIRST)
    assert Promise.objects.get().state == State.OPEN
    go(datetime(2027, 3, 5, 0, 1, tzinfo=UTC))
    assert (Run.objects.get().outcome, Promise.objects.get().state) == (Outcome.QUIET, State.WITHDRAWN)


def test_refusing_withdraws_a_call_that_is_owed_though_the_programme_is_over(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.call()])
    lan = joiner(boss)
    go(FIRST)
    assert Run.objects.get().state == RunState.DONE
    refuse(person=lan, at=FIRST)
    assert Promise.objects.get().state == State.WITHDRAWN
    assert Run.objects.get().outcome == Outcome.FINISHED
