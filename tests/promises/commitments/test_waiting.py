"""What whoever waits is shown and told: why the clock stands still, what happens next, and how units keep promises."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kith.kernel import clock
from kith.messaging.deliveries.models import Delivery
from kith.promises.commitments.actions import keep, pause
from kith.promises.commitments.escalation import look
from kith.promises.commitments.queries import keeping_by_unit, owed_to
from kith.promises.commitments.showing import awaited
from kith.promises.commitments.units import unit_rows
from kith.promises.kinds import KINDS
from tests.access import make as access
from tests.promises.make import MONDAY, firm, hear, hours, promise

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def test_a_pause_is_told_with_its_reason_and_stands_on_the_page() -> None:
    house = firm()
    one = promise(house.mai, within=hours(16), waiting_person_id=house.ann.pk)
    pause(
        one, next_check_at=MONDAY + timedelta(days=9), reason="The part comes on Friday", at=MONDAY, by_id=house.mai.pk
    )
    hear()
    told = Delivery.objects.get(person_id=house.ann.pk).message
    assert told.title["en"].startswith("The clock stands still")
    assert "The part comes on Friday" in told.body["en"]
    assert told.body["en"].startswith("Mai looks at it again on")
    (row,) = awaited(owed_to(person_id=house.ann.pk), person_id=house.ann.pk, at=MONDAY)
    assert row.next.startswith("The clock stands still until")
    assert row.next.endswith("Why: The part comes on Friday")


def test_what_is_owed_to_me_says_who_is_told_next() -> None:
    house = firm()
    promise(house.mai, within=hours(4), waiting_person_id=house.ann.pk)
    at = MONDAY + timedelta(days=3)
    (row,) = awaited(owed_to(person_id=house.ann.pk), person_id=house.ann.pk, at=MONDAY)
    assert row.next == "If it is not kept by then, Bao is told."
    look(at=at)
    (row,) = awaited(owed_to(person_id=house.ann.pk), person_id=house.ann.pk, at=at)
    assert (row.days, row.late) == (3, True)
    assert row.next.endswith("Dung is told.")
    page = access.client(house.ann).get("/promises/").content.decode()
    assert "is told." in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(number: int, django_assert_max_num_queries: object) -> None:
    house = firm()
    for _ in range(number):
        promise(house.mai, waiting_person_id=house.ann.pk)
    browser = access.client(house.ann)
    browser.get("/promises/")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        browser.get("/promises/")


def test_units_stand_beside_each_other_with_exact_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    house = firm()
    for days in (1, 2, 3, 43):
        one = promise(house.mai, due_at=MONDAY + timedelta(days=10))
        keep(one, proof="done", at=MONDAY + timedelta(days=days), by_id=None)
    promise(house.mai, due_at=MONDAY + timedelta(days=10))
    promise(house.bao, due_at=MONDAY + timedelta(days=400))
    at = MONDAY + timedelta(days=44)
    found = keeping_by_unit(since=MONDAY, until=at, at=at)[house.production.pk]
    assert (found.in_time, found.late, found.owed, found.kept) == (3, 1, 1, 4)
    assert found.in_time_share == Decimal("60.0")
    rows = {row.unit.pk if row.unit else None: row for row in unit_rows(at=at)}
    assert (rows[house.production.pk].median, rows[house.production.pk].p95) == (Decimal("2.5"), Decimal("37.0"))
    assert rows[house.production.pk].waiting.overdue == 1
    assert rows[house.head_office.pk].keeping.due == 0
    monkeypatch.setattr(clock, "now", lambda: at)
    wall = access.client(house.ann).get("/desk/unanswered/").content.decode()
    board = access.client(house.dung).get("/desk/measures/").content.decode()
    assert "60.0 % of 5" in wall
    assert "60.0 % of 5" in board


@pytest.mark.parametrize("code", ["answer", "approval", "call", "delivery", "review"])
def test_each_kind_opens_with_its_own_clock(code: str) -> None:
    house = firm()
    made = promise(house.mai, kind=code)
    assert made.due_at > MONDAY
    assert KINDS.get(code).within is not None
