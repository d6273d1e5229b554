"""The dry run against what really happens when the clock is moved over the same days."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from kith.care.mutes.actions import mute
from kith.care.programmes import actions
from kith.care.programmes.drafting import Caps
from kith.care.programmes.models import Programme, Run, StepDone
from kith.care.programmes.rehearsal import Rehearsal, rehearse
from kith.care.wishes.actions import choose_hour, refuse
from kith.people.calendars.models import Holiday
from kith.people.persons.models import Person
from tests.access import make as access
from tests.care import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
AFTER = datetime(2027, 1, 1, tzinfo=UTC)
UPTO = datetime(2027, 3, 1, tzinfo=UTC)
STEP = timedelta(hours=3)
ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/Chicago", "Pacific/Kiritimati")


def population() -> list[Person]:
    random = Random(7)
    boss = people.employee()
    access.grant(boss, "administrator")
    sites = [people.site(calendar=people.calendar()) for _each in range(2)]
    Holiday.objects.create(calendar=sites[0].calendar, date=date(2027, 2, 8), name={"en": "Tet"})
    made = [
        people.employee(
            since=date(2020 + number % 7, 1 + random.randrange(4), 1 + random.randrange(28))
            if number % 2
            else date(2026, 12, 1) + timedelta(days=random.randrange(60)),
            zone=random.choice(ZONES), site=random.choice(sites), manager=boss,
        )
        for number in range(40)
    ]  # fmt: skip
    refuse(person=made[0], at=AFTER)
    mute(person=made[1], since=date(2027, 1, 1), until=date(2027, 4, 30), at=AFTER, by_id=None)
    choose_hour(person=made[2], hour=20)
    return made


def live(programme: Programme) -> tuple[set[tuple[int, str]], Counter[tuple[int, date]]]:
    """Move the clock hour by hour, then let what is under way end; return what was begun and done."""
    at = AFTER + STEP
    while at <= UPTO:
        actions.begin_due(at=at)
        actions.do_due(at=at)
        at += STEP
    while Run.objects.filter(programme=programme, state="waiting").exists():
        actions.do_due(at=at)
        at += timedelta(hours=6)
    runs = set(Run.objects.filter(due_at__gt=AFTER).values_list("person_id", "occasion"))
    done: Counter[tuple[int, date]] = Counter()
    for step in StepDone.objects.select_related("run__person").filter(run__due_at__gt=AFTER):
        from kith.kernel.clock import local_date  # noqa: PLC0415

        done[step.position, local_date(step.at, step.run.person.zone).replace(day=1)] += 1
    return runs, done


def acts(found: Rehearsal) -> Counter[tuple[int, date]]:
    """Return the counts of the steps that do something."""
    return Counter({key: n for key, n in found.counts.items() if found.kindnesses[key[0]] not in {"wait", "end"}})


@pytest.mark.parametrize(
    ("moment", "sets", "caps"),
    [
        ("anniversary", {"tie": "employee", "every": 1}, Caps()),
        ("joining-day", {"tie": "employee", "number": 30}, Caps()),
        ("joining-day", {"tie": "employee", "number": 30}, Caps(on_free_day="next")),
        ("anniversary", {"tie": "employee", "every": 1}, Caps(on_free_day="before")),
        ("regular", {"tie": "employee", "every": 3, "unit": "weeks"}, Caps(entry_cap=1, period="month")),
    ],
)
def test_what_is_foreseen_is_what_happens(moment: str, sets: dict[str, Any], caps: Caps) -> None:
    population()
    steps = [make.greet(), make.wait(2, "working-days"), make.call(), make.wait(10), make.greet("Again, {name}")]
    programme = make.programme(moment, sets, steps, caps=caps, at=AFTER)
    version = programme.current
    assert version is not None
    found = rehearse(version, after=AFTER, upto=UPTO, limit=1000)
    assert Run.objects.count() == 0
    runs, done = live(programme)
    assert found.entries == len(runs) > 3
    assert {(each.person.pk, each.occasion) for each in found.first} == runs
    assert acts(found) == done
    assert found.people == len({person_id for person_id, _occasion in runs})


def test_room_for_a_few_is_foreseen_too() -> None:
    people_made = [people.employee(since=date(2027, 1, 4), zone="UTC") for _each in range(9)]
    steps = [make.wait(2), make.greet()]
    programme = make.programme("joining-day", {"tie": "employee", "number": 1}, steps, caps=Caps(at_once=2), at=AFTER)
    version = programme.current
    assert version is not None
    found = rehearse(version, after=AFTER, upto=UPTO)
    runs, done = live(programme)
    assert (found.entries, found.late, found.lost) == (len(runs), 6, 1)
    assert len(people_made) == found.entries + found.lost
    assert acts(found) == done


def test_a_year_ahead_takes_the_same_number_of_queries_for_few_and_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    programme = make.programme("anniversary", {"tie": "employee", "every": 1}, [make.greet()], at=AFTER)
    version = programme.current
    assert version is not None
    assert version.programme == programme
    for _number in (1, 30):
        people.employee(since=date(2020, 5, 5))
        with django_assert_num_queries(6):
            rehearse(version, after=AFTER, upto=AFTER + timedelta(days=365))
        for _each in range(30):
            people.employee(since=date(2019, 6, 6))
