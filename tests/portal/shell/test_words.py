"""Values in the reader's words, in three languages and in the reader's zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from kith.kernel.money import Money
from kith.kernel.texts import Text
from kith.portal.shell import words

NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)


@contextmanager
def reader(language: str, zone: str = "Asia/Ho_Chi_Minh") -> Iterator[None]:
    with translation.override(language), timezone.override(zone):
        yield


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Thu, 26 Nov 2026, 13:00"),
        ("vi", "13:00, Th 5, 26 thg 11, 2026"),
        ("zh-hans", "2026年11月26日周四 13:00"),
    ],
)
def test_an_instant_in_words(language: str, expected: str) -> None:
    with reader(language):
        assert words.when(NOW) == expected


def test_the_zone_is_named_when_asked_for() -> None:
    with reader("en", "Europe/Berlin"):
        assert words.when(NOW, zone=True) == "Thu, 26 Nov 2026, 07:00 (Central European Time)"


def test_an_instant_has_the_date_of_the_readers_zone_a_date_has_its_own() -> None:
    late = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
    with reader("en"):
        assert words.day(late) == "Fri, 27 Nov 2026"
        assert words.day(date(2026, 11, 26)) == "Thu, 26 Nov 2026"


def test_a_naive_time_is_refused() -> None:
    with reader("en"), pytest.raises(ValueError, match="naive"):
        words.when(datetime(2026, 11, 26, 6, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (NOW + timedelta(hours=4), ("due today, 17:00", "due")),
        (NOW - timedelta(hours=1), ("overdue since 12:00 today", "danger")),
        (NOW - timedelta(days=2), ("overdue since 24 Nov 2026", "danger")),
        (NOW + timedelta(hours=20), ("due tomorrow, 09:00", "due")),
        (NOW + timedelta(hours=30), ("due tomorrow, 19:00", "neutral")),
        (NOW + timedelta(days=3), ("due in 3 days", "neutral")),
        (NOW + timedelta(days=31), ("due on 27 Dec 2026", "neutral")),
    ],
)
def test_a_due_time_in_words(instant: datetime, expected: tuple[str, str]) -> None:
    with reader("en"):
        assert words.due(instant, NOW) == expected


def test_tomorrow_is_a_matter_of_the_readers_midnight() -> None:
    at_night = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # 23:00 in Vietnam
    with reader("en"):
        assert words.due(at_night + timedelta(hours=2), at_night)[0] == "due tomorrow, 01:00"
    with reader("en", "UTC"):
        assert words.due(at_night + timedelta(hours=2), at_night)[0] == "due today, 18:00"


def test_what_is_done_is_not_overdue() -> None:
    with reader("en"):
        assert words.due(NOW - timedelta(days=9), NOW, done=True) == ("done", "ok")


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", Money(Decimal(1250000), "VND"), "₫1,250,000"),
        ("vi", Money(Decimal(1250000), "VND"), "1.250.000\xa0₫"),
        ("zh-hans", Money(Decimal("1249.5"), "CNY"), "¥1,249.50"),
        ("en", Money(Decimal("-0.01"), "EUR"), "-€0.01"),
    ],
)
def test_money_in_the_readers_way(language: str, value: Money, expected: str) -> None:
    with reader(language):
        assert words.money(value) == expected


def test_numbers_have_their_groups() -> None:
    with reader("vi"):
        assert words.number(270000) == "270.000"
        assert words.number(Decimal("7.5"), 1) == "7,5"


def test_a_text_is_shown_in_the_readers_language() -> None:
    tea = Text({"en": "Tea", "vi": "Trà", "zh-Hans": "茶"})
    shown = []
    for language in ("en", "vi", "zh-hans"):
        with reader(language):
            shown.append(words.text(tea))
    assert shown == ["Tea", "Trà", "茶"]
    assert words.text("as it is") == "as it is"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nguyễn Thị Minh", "NM"), ("Sarah O'Neill", "SO"), ("王小明", "王"), ("Madonna", "M"), ("", "?"), ("  ", "?"),
        ("đặng văn ổn", "ĐỔ"), ("(deleted)", "?"),
    ],
)  # fmt: skip
def test_initials_stand_for_a_name(name: str, expected: str) -> None:
    assert words.initials(name) == expected


def test_a_name_always_has_the_same_tint() -> None:
    assert words.hue("Phạm Thị Hoa") == words.hue("Phạm Thị Hoa")
    assert {words.hue(f"name {number}") for number in range(100)} == {0, 1, 2, 3, 4}
