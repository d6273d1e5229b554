"""Whole numbers of strangers: read, or nothing; never an error."""

import pytest

from kith.kernel.numbers import OF_A_BIGINT, whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * OF_A_BIGINT, 10**OF_A_BIGINT - 1)])
def test_digits_are_a_number_that_a_bigint_holds(text: str, number: int) -> None:
    assert whole(text) == number < 2**63


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "+1", "1.0", "1_0", "1e3", "٣", "²", "９", "x", "1\0", "9" * (OF_A_BIGINT + 1)]
)
def test_anything_else_is_none(text: str) -> None:
    assert whole(text) is None


def test_more_digits_than_asked_for_are_none() -> None:
    assert (whole("99", digits=2), whole("100", digits=2)) == (99, None)
