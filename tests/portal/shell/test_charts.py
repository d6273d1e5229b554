"""Geometry of the charts drawn on the server."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kith.portal.shell import charts


def test_the_longest_bar_is_full_and_the_others_in_proportion() -> None:
    made = charts.bars([("a", 42), ("b", Decimal(21)), ("c", 0), ("d", -5)])
    assert [bar.width for bar in made] == [100.0, 50.0, 0.0, 0.0]


def test_bars_show_their_own_words_where_given() -> None:
    with translation.override("en"):
        assert [bar.shown for bar in charts.bars([("a", 1234), ("b", 2.5), ("c", 3, "three")])] == [
            "1,234",
            "2.5",
            "three",
        ]


def test_no_rows_draw_nothing() -> None:
    assert charts.bars([]) == []
    assert charts.line([]).path == ""
    assert charts.spark([]) == ""


def test_only_numbers_are_drawn() -> None:
    with pytest.raises(TypeError, match="str"):
        charts.bars([("a", "7")])


@given(st.floats(min_value=0.001, max_value=1e9))
def test_a_scale_covers_the_highest_value_with_few_round_steps(highest: float) -> None:
    top, step = charts.nice_top(highest)
    assert top >= highest * (1 - 1e-9)
    assert 1 <= round(top / step) <= 5


def test_a_line_goes_from_left_to_right_on_a_scale_from_zero() -> None:
    drawn = charts.line([("w1", 0), ("w2", 50), ("w3", 100)], goal=75)
    assert drawn.path == "M1.0 100.0 L50.0 50.0 L99.0 0.0"
    assert drawn.last == (99.0, 0.0)
    assert drawn.goal == 25.0
    assert [mark.label for mark in drawn.grid] == ["0", "25", "50", "75", "100"]


def test_one_point_stands_in_the_middle() -> None:
    assert charts.line([("now", 4)]).last[0] == 50.0
