from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel import clock
from kith.kernel.folding import fold, query_tokens, tokens
from kith.kernel.languages import chain, tag
from kith.kernel.money import CurrencyMismatchError, Money, total
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text

REAL = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", REAL),
        ("2027-03-28T02:30:00Z", datetime(2027, 3, 28, 2, 30, tzinfo=UTC)),
        ("2027-03-28T02:30:00+02:00", datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
        ("+1d2h", REAL + timedelta(days=1, hours=2)),
        ("-90s", REAL - timedelta(seconds=90)),
        ("+3600", REAL + timedelta(hours=1)),
    ],
)
def test_the_clock_file_moves_the_clock(content: str, expected: datetime) -> None:
    assert clock.read(content, real=REAL) == expected


def test_a_wrong_clock_file_says_what_would_be_right() -> None:
    with pytest.raises(clock.WrongClockError, match="write an instant like"):
        clock.read("tomorrow", real=REAL)


def test_a_wall_time_in_the_gap_comes_after_it_and_a_doubled_one_first() -> None:
    gap = clock.at_local(date(2027, 3, 28), 2, 30, "Europe/Berlin")
    assert gap == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert clock.at_local(date(2027, 10, 31), 2, 30, "Europe/Berlin") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert clock.at_local(date(2027, 6, 1), 9, 0, "Asia/Ho_Chi_Minh") == datetime(2027, 6, 1, 2, 0, tzinfo=UTC)


def test_folding_meets_people_halfway() -> None:
    assert fold("Nguyễn Thị Đức STRAẞE") == "nguyen thi duc strasse"
    assert tokens("Trà xanh 绿茶饮") == ["tra", "xanh", "绿", "茶", "饮", "绿茶", "茶饮"]
    assert query_tokens("绿茶饮 A") == ["绿茶", "茶饮", "a"]
    assert query_tokens("茶") == ["茶"]


def test_chinese_scripts_never_mix() -> None:
    assert (tag("zh_CN"), tag("zh-TW"), tag("zh-hant"), tag("pt_br")) == ("zh-Hans", "zh-Hant", "zh-Hant", "pt-BR")
    assert "zh-Hans" not in chain("zh-Hant")
    both = Text({"zh-Hans": "茶", "en": "tea"})
    assert both.in_language("zh-TW") == "tea"
    assert both.in_language("vi") == "tea"
    assert Text(vi="trà").in_language("en") == "trà"


def test_money_of_two_currencies_never_meets() -> None:
    with pytest.raises(CurrencyMismatchError):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "VND")
    with pytest.raises(TypeError):
        Money(1.5, "EUR")  # type: ignore[arg-type]
    assert Money(Decimal("2.345"), "EUR").rounded() == Money(Decimal("2.35"), "EUR")
    assert Money(Decimal("1234.5"), "VND").rounded() == Money(Decimal(1235), "VND")


@given(
    st.integers(-(10**9), 10**9),
    st.lists(st.integers(0, 1000), min_size=1, max_size=8),
    st.sampled_from(["EUR", "VND"]),
)
def test_parts_sum_to_the_whole(cents: int, weights: list[int], currency: str) -> None:
    amount = Money(Decimal(cents) / 100, currency).rounded()
    parts = amount.allocate(weights)
    assert total(parts, currency) == amount
    assert all(part == part.rounded() for part in parts)
    assert [p.amount for p in (-amount).allocate(weights)] == [-p.amount for p in parts]


def test_a_subject_is_read_back() -> None:
    assert Subject.parse(str(Subject("order", 7))) == Subject("order", 7)
    with pytest.raises(ValueError, match="invalid literal"):
        Subject.parse("order:seven")
