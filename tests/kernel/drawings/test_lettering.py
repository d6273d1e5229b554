"""Words fit into their room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel.drawings.lettering import fit, width


def test_short_words_take_the_largest_size() -> None:
    fitted = fit("Chai", room=200, height=60, largest=30)

    assert (fitted.lines, fitted.size) == (("Chai",), 30)


def test_words_break_at_spaces_and_han_characters() -> None:
    assert fit("Sir Rodney’s Marmalade", room=100, height=80, largest=14).lines == ("Sir Rodney’s", "Marmalade")
    assert fit("西湖龙井茶", room=35, height=60, largest=12).lines == ("西湖", "龙井", "茶")


def test_what_cannot_fit_ends_in_an_ellipsis() -> None:
    assert fit("Donaudampfschifffahrt", room=40, height=30, largest=20).lines == ("Donau…",)
    lines = fit("one two three four five six seven", room=30, height=100, largest=20, most=2).lines
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_no_words_take_no_room() -> None:
    assert fit("  ", room=10, height=10, largest=10).lines == ()


def test_marks_take_no_width_of_their_own() -> None:
    assert width("e\u0302\u0301") == width("e") == width("ế")


@given(st.text(max_size=60), st.floats(20, 200), st.floats(12, 120))
def test_every_text_stays_within_its_room(text: str, room: float, height: float) -> None:
    fitted = fit(text, room=room, height=height, largest=24)

    assert all(width(line) * fitted.size <= room + 1e-9 for line in fitted.lines)
    assert fitted.height <= height or len(fitted.lines) <= 1


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_lines_than_asked(most: int) -> None:
    assert len(fit("a b c d e f g h", room=20, height=500, largest=20, most=most).lines) <= most
