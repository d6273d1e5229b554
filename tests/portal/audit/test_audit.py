"""Who saw or changed what: everything is there once, filtered and paged, and no word anybody wrote."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.access.looks.actions import looked
from kith.access.looks.models import Look, What
from kith.kernel import clock
from kith.kernel.facts import publish
from kith.kernel.facts.models import Fact
from kith.people.persons.facts import PersonDeactivated, PersonRegistered
from kith.portal.audit.queries import PAGE, Asked, trail
from tests.access import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db


def many(number: int) -> None:
    for n in range(number):
        publish(PersonRegistered(person_id=1000 + n), at=AT + timedelta(minutes=2 * n))
        looked(person_ids=[1000 + n], by_id=7, what=What.PROFILE, at=AT + timedelta(minutes=2 * n + 1))


def test_every_event_is_on_some_page_once_and_the_latest_first() -> None:
    many(PAGE + 10)
    cursor, found = "", []
    while True:
        page = trail(asked=Asked(), cursor=cursor, reader_id=7)
        found += [(event.source, event.id, event.at) for event in page.events]
        cursor = page.after
        if not cursor:
            break
    assert len(found) == len(set(found)) == Fact.objects.count() + Look.objects.count() == 2 * (PAGE + 10)
    assert [at for _s, _i, at in found] == sorted((at for _s, _i, at in found), reverse=True)


def test_a_clock_set_back_loses_nothing() -> None:
    for minutes in (5, 1, 9, 0, 7):
        publish(PersonRegistered(person_id=1), at=AT + timedelta(minutes=minutes))
        looked(person_ids=[2], by_id=7, what=What.ORDER, at=AT - timedelta(minutes=minutes))
    page = trail(asked=Asked(), cursor="", reader_id=7)
    assert len({(event.source, event.id) for event in page.events}) == 10


def test_filters_by_person_actor_kind_and_day() -> None:
    publish(PersonRegistered(person_id=1), at=AT, by_id=5)
    publish(PersonDeactivated(person_id=1), at=AT + timedelta(days=1), by_id=6)
    looked(person_ids=[1, 2], by_id=5, what=What.EXPORT, at=AT)
    looked(person_ids=[1], by_id=6, what=What.PROFILE, at=AT)

    def kinds(**asked: Any) -> list[str]:
        return sorted(event.kind for event in trail(asked=Asked(**asked), cursor="", reader_id=7).events)

    assert kinds(person_id=2) == ["look:export"]
    assert kinds(actor_id=5) == ["look:export", "look:export", "people.PersonRegistered"]
    assert kinds(kind="look:profile") == ["look:profile"]
    assert kinds(kind="people.PersonDeactivated") == ["people.PersonDeactivated"]
    assert kinds(day=AT.date() + timedelta(days=1)) == ["people.PersonDeactivated"]
    assert kinds(person_id=-1) == []


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_same_questions_for_one_event_and_for_many(number: int) -> None:
    reader = people.employee("Admin")
    browser = make.client(reader, "administrator")
    browser.get("/desk/audit/?kind=look:profile")
    for n in range(number):
        looked(person_ids=[1000 + n], by_id=2000 + n, what=What.PROFILE, at=AT)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/desk/audit/?kind=look:profile").status_code == 200
    assert len(asked) == 4


def test_only_administrators_open_it_and_it_shows_who_and_about_whom() -> None:
    lan, boss = people.employee("Trần Lan", number="E-77"), people.employee("Boss")
    looked(person_ids=[lan.pk], by_id=boss.pk, what=What.PERSONNEL, at=clock.now())
    for role in ("hr", "finance", "communications"):
        assert make.client(people.employee(), role).get("/desk/audit/").status_code == 403
    text = make.client(boss, "administrator").get("/desk/audit/?person=E-77").text
    assert "Looked at the page of the HR desk" in text
    assert len(re.findall("Trần Lan", text)) == 1
    assert "Nobody, or more than one" not in text
    assert "Nobody, or more than one" in make.client(boss).get("/desk/audit/?person=E-99&day=nonsense").text


def test_a_hostile_cursor_is_the_first_page() -> None:
    many(2)
    for cursor in ("f9999999999999999999999l1", "f-1l2", "x" * 500, "f1l1'--"):
        assert len(trail(asked=Asked(), cursor=cursor, reader_id=1).events) == 4
