"""Figures are looked at every day, kept, and shown with the table behind."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from kith.insight.measures.actions import measure_all
from kith.insight.measures.models import Snapshot
from kith.insight.measures.queries import board
from kith.insight.measures.shelf import MEASURES, Better, Measure, MeasureValue, put
from kith.kernel import clock
from kith.kernel.tasks.running import run_tick
from kith.promises.commitments.actions import keep
from tests.access.make import client
from tests.people import make as people
from tests.promises.make import MONDAY, firm, hours, promise

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def counted() -> Iterator[dict[str, object]]:
    """Put a measure on the shelf for one test; what it finds lies in the dict."""
    found: dict[str, object] = {"value": MeasureValue(Decimal(3), base=4)}

    def look(at: datetime) -> MeasureValue:
        found["asked"] = at
        value = found["value"]
        if isinstance(value, Exception):
            raise value
        assert isinstance(value, MeasureValue)
        return value

    put(Measure("test.counted", "Counted things", "things", "Counted by hand.", look, better=Better.LOWER, decimals=1))
    yield found
    del MEASURES._things["test.counted"]


def kept(code: str = "test.counted") -> list[tuple[date, Decimal | None, int]]:
    return list(Snapshot.objects.filter(code=code).order_by("day").values_list("day", "value", "base"))


def test_the_last_look_of_a_day_stays(counted: dict[str, object]) -> None:
    measure_all(at=MONDAY)
    counted["value"] = MeasureValue(Decimal("2.5"), base=9)
    measure_all(at=MONDAY + hours(3))
    assert counted["asked"] == MONDAY + hours(3)
    measure_all(at=MONDAY + DAY)
    assert kept() == [(date(2027, 3, 1), Decimal("2.5"), 9), (date(2027, 3, 2), Decimal("2.5"), 9)]


def test_one_that_fails_is_reported_and_the_others_are_kept(
    counted: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    counted["value"] = ZeroDivisionError()
    with caplog.at_level(logging.ERROR, logger="kith.insight"):
        assert measure_all(at=MONDAY) == len(MEASURES.names()) - 1
    assert "test.counted" in caplog.text
    assert kept() == []
    assert kept("promises.overdue") == [(date(2027, 3, 1), Decimal(0), 0)]


def test_a_series_leaves_out_days_without_anything_and_says_which_way_it_goes(counted: dict[str, object]) -> None:
    for number, value in enumerate([Decimal(5), None, Decimal(2)]):
        counted["value"] = MeasureValue(value)
        run_tick(name="insight.measure", at=MONDAY + number * DAY)
    (series,) = [one for one in board(until=date(2027, 3, 3), days=30) if one.measure.code == "test.counted"]
    assert [row.value for row in series.days] == [5, 2]
    assert (series.change, series.tone) == (-3, "ok")
    (short,) = [one for one in board(until=date(2027, 3, 3), days=1) if one.measure.code == "test.counted"]
    assert (short.change, short.tone) == (None, "neutral")


def test_promises_are_measured_in_time_share_and_median() -> None:
    here = firm()
    in_time, late, _open = (promise(here.ann, at=MONDAY - 10 * DAY) for _ in range(3))
    keep(in_time, proof="done", at=MONDAY - 9 * DAY, by_id=None)
    keep(late, proof="done", at=MONDAY - 5 * DAY, by_id=None)
    measure_all(at=MONDAY)
    assert kept("promises.kept-in-time") == [(date(2027, 3, 1), Decimal("33.3"), 3)]
    assert kept("promises.median-days") == [(date(2027, 3, 1), Decimal("3.0"), 2)]
    assert kept("promises.overdue") == [(date(2027, 3, 1), Decimal(1), 1)]


def test_where_nothing_was_promised_there_is_no_share() -> None:
    measure_all(at=MONDAY)
    assert kept("promises.kept-in-time") == [(date(2027, 3, 1), None, 0)]


def test_the_board_shows_figure_line_and_table_to_those_who_lead(counted: dict[str, object]) -> None:
    today = clock.now()
    for number, value in enumerate((7, 4)):
        counted["value"] = MeasureValue(Decimal(value), base=12)
        measure_all(at=today - (1 - number) * DAY)
    leader = client(people.employee(), "leadership")
    page = leader.get("/desk/measures/").content.decode()
    assert "Counted things" in page
    assert "Counted by hand." in page
    assert '<p class="k-stat-value">4.0</p>' in page
    assert page.count("<svg") > 1
    assert "7.0 things" in page
    assert leader.get("/desk/measures/?days=31").status_code == 400
    assert client(people.employee()).get("/desk/measures/").status_code == 403
    assert client().get("/desk/measures/").status_code == 302


def test_an_empty_board_says_so() -> None:
    assert "There is nothing to measure yet." in client(people.employee(), "hr").get("/desk/measures/").content.decode()
