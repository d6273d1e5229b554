"""Card numbers are found in what people write, other numbers are left alone (reliability 6)."""

import logging
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.config.log import LOGGING, Line
from kith.kernel.cards import is_card, mask, masked

pytestmark = pytest.mark.row(6)
CARDS = ["4111111111111111", "5555555555554444", "378282246310005", "30569309025904", "3530111333300000",
         "6011111111111117", "6200000000000005", "2223003122003222", "9704000000000018"]  # fmt: skip


@pytest.mark.parametrize("number", CARDS)
@pytest.mark.parametrize("gap", ["", " ", "-", "\u00a0", ".", " - ".strip()])
def test_all_but_the_last_four_digits_go(number: str, gap: str) -> None:
    typed = gap.join(number[n : n + 4] for n in range(0, len(number), 4))
    shown = mask(f"My card ({typed}), valid 12/29.")
    assert "".join(letter for letter in shown if letter.isdigit()) == number[-4:] + "1229"
    assert shown.startswith("My card (•••")
    assert len(shown) == len(f"My card ({typed}), valid 12/29.")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12 4111 1111 1111 1111 03", "12 •••• •••• •••• 1111 03"),
        ("4111111111111111 4242424242424242", "••••••••••••1111 ••••••••••••4242"),
        ("４１１１１１１１１１１１１１１１", "••••••••••••１１１１"),
        ("pan=4111111111111111;", "pan=••••••••••••1111;"),
    ],
)
def test_a_card_among_other_digits_is_found(typed: str, shown: str) -> None:
    assert mask(typed) == shown


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111112",  # a wrong check digit
        "4006381333931",  # GTIN-13
        "8935001700012",  # GTIN-13
        "0909 123 456", "+84 28 3822 9999", "2026-11-25 14:30:00", "1764081000000", "123456789012345678901234567890",
        "/orders/4111111111111111/", "SN4111111111111111", "1.000.000.000.000",
    ],
)  # fmt: skip
def test_other_numbers_stay(number: str) -> None:
    assert mask(f"It is {number}") == f"It is {number}"


@given(st.text(alphabet="0123456789 -.a/•", max_size=60))
def test_masking_twice_is_masking_once_and_keeps_the_length(words: str) -> None:
    assert mask(mask(words)) == mask(words)
    assert len(mask(words)) == len(words)


def test_json_is_masked_all_through() -> None:
    assert masked({"a": [CARDS[0], 7, None, {"b": CARDS[1]}]}) == {
        "a": ["••••••••••••1111", 7, None, {"b": "••••••••••••4444"}]
    }


@pytest.mark.parametrize(
    "words", ["4" * 100_000, "4 " * 50_000, "4111 " * 20_000, "4111-1111-" * 10_000, "4." * 50_000]
)
def test_a_hundred_kilobytes_of_digits_take_less_than_a_second(words: str) -> None:
    begun = time.monotonic()
    mask(words)
    assert time.monotonic() - begun < 1


def test_logs_hold_no_card_number() -> None:
    try:
        int(f"no {CARDS[0]}")
    except ValueError:
        record = logging.getLogger("kith").makeRecord("kith", 40, "f", 1, "said %s", (CARDS[1],), sys.exc_info())
    line = Line("%(message)s").format(record)
    assert CARDS[0] not in line
    assert "ValueError" in line
    assert line.startswith("said ••••••••••••4444")
    assert LOGGING["formatters"]["line"]["()"] == "kith.config.log.Line"


def test_the_control_without_the_check_digit_every_long_number_would_be_a_card() -> None:
    assert not is_card("4111111111111112")
    assert is_card("4111111111111111")
