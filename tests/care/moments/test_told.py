"""Moments that are told or recorded: births and endings, at the edge of their hour where one lives."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.care.kin.actions import forget, tell_of
from kith.care.kin.models import Child
from kith.care.programmes import actions
from kith.care.programmes.models import Run
from kith.care.programmes.rehearsal import rehearse
from kith.care.terms.actions import record, strike
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person
from tests.care import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
HANOI = "Asia/Ho_Chi_Minh"
NINE = datetime(2027, 3, 10, 2, 0, tzinfo=UTC)
"""Nine in the morning of 10 March in Hanoi."""
MINUTE = timedelta(minutes=1)


def begun(at: datetime) -> list[tuple[int, str, datetime]]:
    actions.begin_due(at=at)
    return list(Run.objects.order_by("id").values_list("person_id", "occasion", "due_at"))


@pytest.fixture
def lan(db: None) -> Person:
    return people.employee("Lan", zone=HANOI)


def test_a_birth_is_answered_so_many_days_after_and_once(lan: Person) -> None:
    make.programme("child-born", {"days": 7}, [make.greet()])
    child = tell_of(person=lan, name="An", born_on=date(2027, 3, 3), consents=True, at=datetime(2027, 3, 4, tzinfo=UTC))
    assert begun(NINE - MINUTE) == []
    assert begun(NINE) == [(lan.pk, f"child-{child.pk}", NINE)]
    assert len(begun(NINE + timedelta(days=3))) == 1


def test_a_birth_told_late_is_answered_on_the_day_it_is_told(lan: Person) -> None:
    make.programme("child-born", {"days": 7}, [make.greet()])
    tell_of(person=lan, name="", born_on=date(2026, 12, 1), consents=True, at=NINE - timedelta(hours=1))
    assert [due for _who, _what, due in begun(NINE)] == [NINE]


def test_a_child_that_is_forgotten_brings_nothing(lan: Person) -> None:
    make.programme("child-born", {"days": 7}, [make.greet()])
    forget(child=tell_of(person=lan, name="An", born_on=date(2027, 3, 3), consents=True, at=NINE - timedelta(days=6)))
    assert begun(NINE) == []


@pytest.mark.parametrize("born_on", [date(2027, 3, 11), date(2026, 3, 8)])
def test_a_child_is_born_within_the_last_year(lan: Person, born_on: date) -> None:
    with pytest.raises(BadInput):
        tell_of(person=lan, name="An", born_on=born_on, consents=True, at=NINE)


def test_without_consent_nothing_is_kept(lan: Person) -> None:
    with pytest.raises(BadInput):
        tell_of(person=lan, name="An", born_on=date(2027, 3, 3), consents=False, at=NINE)
    assert not Child.objects.exists()


@pytest.mark.parametrize(
    ("moment", "kind", "days"),
    [("retirement", "retirement", 30), ("contract-ends", "contract", 0), ("insurance-ends", "insurance", 366)],
)
def test_an_ending_is_answered_so_many_days_before(lan: Person, moment: str, kind: str, days: int) -> None:
    programme = make.programme(moment, {"days": days}, [make.greet("Until {day}")])
    ends_on = date(2027, 3, 10) + timedelta(days=days)
    for other in ("retirement", "contract", "insurance"):
        record(person=people.employee(), kind=other, ends_on=ends_on + timedelta(days=1), at=people.AT, by_id=None)
    record(person=lan, kind=kind, ends_on=ends_on, at=people.AT, by_id=None)
    version = programme.current
    assert version is not None
    found = rehearse(version, after=NINE - timedelta(days=1), upto=NINE)
    assert [each.person for each in found.first] == [lan]
    assert begun(NINE - MINUTE) == []
    assert begun(NINE) == [(lan.pk, f"{kind}-{ends_on}", NINE)]


def test_an_ending_that_is_struck_brings_nothing(lan: Person) -> None:
    make.programme("retirement", {"days": 30}, [make.greet()])
    term = record(person=lan, kind="retirement", ends_on=date(2027, 4, 9), at=people.AT, by_id=None)
    strike(term=term)
    assert begun(NINE) == []


@pytest.mark.parametrize(("kind", "ends_on"), [("marriage", date(2028, 1, 1)), ("contract", date(2020, 1, 1))])
def test_a_wrong_ending_is_refused(lan: Person, kind: str, ends_on: date) -> None:
    with pytest.raises(BadInput):
        record(person=lan, kind=kind, ends_on=ends_on, at=NINE, by_id=None)
