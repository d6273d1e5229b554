"""Moments of what did not come: silence, a promise not kept, a notice not opened; and of few stars."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.access.sessions.models import Session
from kith.care.programmes import actions
from kith.care.programmes.models import Run
from kith.care.programmes.rehearsal import rehearse
from kith.care.signs import SIGNS
from kith.care.silence.actions import note_presence
from kith.care.silence.models import Presence
from kith.kernel.subjects import Subject
from kith.messaging.deliveries.models import Delivery, State
from kith.notices.severities import Severity
from kith.people.persons.models import Person
from kith.promises.commitments.actions import keep
from kith.voice.ratings.actions import give
from tests.care import make
from tests.commerce import make as commerce
from tests.notices import make as notices
from tests.people import make as people
from tests.promises import make as promises

pytestmark = pytest.mark.django_db
HANOI = "Asia/Ho_Chi_Minh"
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NINE = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
"""Nine in the morning of 1 June in Hanoi."""


def begun(at: datetime) -> list[tuple[int, datetime]]:
    actions.begin_due(at=at)
    return list(Run.objects.order_by("id").values_list("person_id", "due_at"))


def came(person: Person, at: datetime) -> Person:
    Person.objects.filter(pk=person.pk).update(created_at=at)
    return person


@pytest.fixture
def lan(db: None) -> Person:
    return came(people.employee("Lan", zone=HANOI), NINE - 400 * DAY)


def present(person: Person, at: datetime) -> None:
    Session.objects.create(
        digest=f"{person.pk}", person=person, created_at=at, last_seen_at=at, expires_at=at + timedelta(days=1)
    )


@pytest.mark.parametrize("name", SIGNS.names())
def test_every_sign_is_a_select_that_holds(db: None, name: str) -> None:
    made = make.programme("silence", {"days": 30, "of": "any" if name == "came" else name}, [make.greet()])
    version = made.current
    assert version is not None
    assert rehearse(version, after=NINE, upto=NINE + DAY).entries == 0


def test_silence_counts_from_the_last_time_somebody_was_there_though_the_session_is_gone(lan: Person) -> None:
    make.programme("silence", {"days": 30, "of": "sign-in"}, [make.greet()])
    last = NINE - 30 * DAY + timedelta(hours=5)
    present(lan, last)
    assert note_presence(at=last + timedelta(minutes=5)) == 1
    assert note_presence(at=last + timedelta(minutes=10)) == 0
    Session.objects.all().delete()
    assert begun(NINE - MINUTE) == []
    assert begun(NINE) == [(lan.pk, NINE)]
    assert len(begun(NINE + 5 * DAY)) == 1


def test_who_is_heard_of_meanwhile_is_not_silent_and_may_be_again(lan: Person) -> None:
    make.programme("silence", {"days": 30, "of": "sign-in"}, [make.greet()])
    Presence.objects.create(person=lan, at=NINE - 30 * DAY)
    present(lan, NINE - DAY)
    assert begun(NINE) == []
    assert begun(NINE + 29 * DAY) == [(lan.pk, NINE + 29 * DAY)]


def test_who_was_never_heard_of_counts_from_when_they_came(lan: Person) -> None:
    make.programme("silence", {"days": 30, "of": "any"}, [make.greet()])
    new = came(people.employee(zone=HANOI), NINE - 30 * DAY)
    assert begun(NINE) == [(new.pk, NINE)]
    assert lan.pk not in {who for who, _due in begun(NINE)}


def test_no_order_is_a_silence_of_customers_who_ordered_before() -> None:
    make.programme("silence", {"days": 60, "of": "order"}, [make.greet()])
    shop = commerce.shop()
    buyer, other = people.customer(zone=HANOI), people.customer(zone=HANOI)
    commerce.order(shop.store, {shop.product: 1}, buyer, at=NINE - 60 * DAY)
    present(buyer, NINE - DAY)
    assert begun(NINE) == [(buyer.pk, NINE)]
    assert other.pk not in {who for who, _due in begun(NINE)}


def test_a_promise_is_missed_the_day_after_it_was_due_and_only_if_nobody_kept_it(lan: Person) -> None:
    make.programme("promise-missed", {"kind": "any", "days": 1}, [make.greet()])
    firm = promises.firm()
    due = NINE - DAY + timedelta(hours=8)
    missed, kept, late = (
        promises.promise(
            firm.ann, due_at=due, at=NINE - 3 * DAY, waiting_person_id=who.pk, subject=Subject("idea", key)
        )
        for key, who in enumerate((lan, people.employee(zone=HANOI), people.employee(zone=HANOI)), start=1)
    )
    keep(kept, proof="Done", at=due - MINUTE, by_id=firm.ann.pk)
    assert begun(NINE - MINUTE) == []
    assert sorted(who for who, _due in begun(NINE)) == sorted([lan.pk, late.waiting_person_id])
    keep(late, proof="Done", at=NINE + MINUTE, by_id=firm.ann.pk)
    assert len(begun(NINE + DAY)) == 2
    assert missed.waiting_person_id == lan.pk


def test_a_notice_not_opened_is_a_moment_for_whoever_has_not(db: None) -> None:
    make.programme("notice-unread", {"days": 2, "severity": "urgent"}, [make.greet()])
    plant = notices.plant()
    notice = notices.published(plant.author)
    notices.published(plant.author, severity=Severity.NEWS, needs_acknowledgement=False, due_at=None)
    lan, minh = plant.workers
    Delivery.objects.filter(message_id=notice.message_id).exclude(person_id=lan.pk).update(state=State.OPENED)
    hour = (people.AT + 2 * DAY).replace(hour=2, minute=0, second=0, microsecond=0)
    assert begun(hour - MINUTE) == []
    assert begun(hour) == [(lan.pk, hour)]
    assert minh.pk != lan.pk


@pytest.mark.parametrize(("stars", "found"), [(1, 1), (2, 1), (3, 0)])
def test_few_stars_are_a_moment_on_the_next_day(lan: Person, stars: int, found: int) -> None:
    make.programme("low-rating", {"stars": 2, "of": "idea", "days": 1}, [make.greet()])
    rated = NINE - DAY + timedelta(hours=12)
    give(subject=Subject("idea", 1), person=lan, stars=stars, at=rated)
    give(subject=Subject("product", 1), person=lan, stars=1, at=rated)
    assert begun(NINE - MINUTE) == []
    assert len(begun(NINE)) == found
    give(subject=Subject("idea", 1), person=lan, stars=1, at=NINE + timedelta(hours=1))
    assert len(begun(NINE + DAY)) == 1
