from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from kith.care.programmes import actions
from kith.insight.labour.queries import saved
from kith.insight.labour.shelf import ACTS
from kith.promises.commitments.escalation import look
from tests.access import make as access
from tests.care import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


def greeted(number: int) -> None:
    make.programme("joining-day", {"tie": "employee", "number": 1}, [make.greet()])
    for _each in range(number):
        people.employee(since=date(2027, 3, 1), zone="UTC")
    actions.begin_due(at=AT)
    actions.do_due(at=AT)


def test_greetings_are_counted_with_their_minutes_and_rows(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    greeted(3)
    with django_assert_num_queries(len(list(ACTS)) + 1):
        rows = {one.act.code: one for one in saved(since=AT, until=AT + timedelta(days=1))}
    assert (rows["care.greet"].number, rows["care.greet"].hours) == (3, Decimal(15) / 60)
    assert rows["care.offer-gift"].number == 0
    behind = ACTS.get("care.greet").rows(AT, AT + timedelta(days=1), 2)
    assert [(row.at, row.label["en"]) for row in behind] == [(AT, "Tried")] * 2
    assert saved(since=AT + timedelta(seconds=1), until=AT + timedelta(days=1))[0].number == 0


def test_minutes_are_changed_by_hr_and_the_hours_follow() -> None:
    hr, leader = access.client(people.employee(), "hr"), access.client(people.employee(), "leadership")
    greeted(3)
    path = "/desk/labour-saved/care.greet/minutes/"
    assert leader.post(path, {"minutes": "9"}).status_code == 403
    assert hr.post(path, {"minutes": "lots"}).status_code == 400
    assert hr.post(path, {"minutes": "481"}).status_code == 400
    assert hr.post(path, {"minutes": "20"}).status_code == 302
    rows = {one.act.code: one for one in saved(since=AT, until=AT + timedelta(days=1))}
    assert (rows["care.greet"].hours, rows["care.greet"].changed) == (Decimal(1), True)
    assert leader.get("/desk/labour-saved/").status_code == 200
    assert leader.get("/desk/labour-saved/care.greet/").status_code == 200
    assert leader.get("/desk/labour-saved/no.such/").status_code == 404
    assert leader.get("/desk/labour-saved/?days=7").status_code == 400


def test_what_is_followed_up_by_itself_is_counted() -> None:
    boss = people.employee(zone="UTC")
    access.grant(boss, "administrator")
    make.programme("joining-day", {"tie": "employee", "number": 1}, [make.call()])
    people.employee(since=date(2027, 3, 1), zone="UTC", manager=boss)
    actions.begin_due(at=AT)
    actions.do_due(at=AT)
    late = AT + timedelta(days=10)
    look(at=late)
    rows = {one.act.code: one.number for one in saved(since=AT, until=late + timedelta(days=1))}
    assert rows["promises.escalated"] >= 1
