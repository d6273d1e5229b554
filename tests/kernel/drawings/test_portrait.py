"""Portraits are the same every time, safe, and as different as people are."""

import pytest

from kith.kernel.drawings.portrait import Look, _haircut, portrait
from kith.kernel.drawings.svg import Dice
from tests.kernel.drawings.pictures import faults, named, words


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("number", range(40))
def test_every_portrait_is_safe_and_small(look: Look, number: int) -> None:
    svg = portrait(seed=f"person {number}", initials="NH", look=look)

    assert list(faults(svg)) == []
    assert len(svg.encode()) < 6_000
    assert svg == portrait(seed=f"person {number}", initials="NH", look=look)
    assert named(svg, "title")[0].text == "NH"
    assert words(svg) in ([], ["NH"])


def test_people_differ() -> None:
    assert len({portrait(seed=str(number), initials="") for number in range(300)}) > 290


def test_initials_are_words_and_never_markup() -> None:
    for number in range(20):
        assert list(faults(portrait(seed=str(number), initials="<b>&"))) == []


def test_a_headscarf_is_worn_by_some_and_only_where_it_may_be() -> None:
    def covered(*, feminine: bool) -> int:
        cuts = (_haircut(Dice(str(n)), ("#000000", "#111111"), feminine=feminine, elder=False) for n in range(300))
        return sum(cut.covers for cut in cuts)

    assert 5 < covered(feminine=True) < 50
    assert covered(feminine=False) == 0
