"""Charts draw their figures to scale and hand over the table that says the same."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel.drawings.chart import (
    BandPoint,
    Bar,
    State,
    StateRow,
    Tone,
    bars,
    line_with_band,
    stacked_states,
)
from kith.kernel.drawings.chart_parts import plain, scale
from tests.kernel.drawings.pictures import faults, named, words

STATES = [State("ack", "Đã nhận", Tone.OK), State("read", "Đã đọc", Tone.INFO), State("over", "Quá hạn", Tone.DUE)]


def columns(svg: str) -> list[float]:
    """Return the heights of upright bars."""
    heights = []
    for bar in named(svg, "path"):
        y = [float(v) for v in re.findall(r"(?:M[\d.]+ |V)([\d.]+)", bar.attrib["d"])]
        tops = re.findall(r"Q[\d.]+ ([\d.]+)", bar.attrib["d"])
        heights.append(y[0] - float(tops[0]))
    return heights


def test_bars_are_as_long_as_their_figures() -> None:
    chart = bars(
        title="Sales", points=[Bar("May", 10), Bar("June", 40), Bar("July", 0), Bar("Aug", -10)], head=("M", "C")
    )
    [ten, forty, none, below] = columns(chart.svg)

    assert forty == pytest.approx(4 * ten, abs=0.05)
    assert none == 0
    assert below == pytest.approx(-ten, abs=0.05)
    assert chart.table.rows == (("May", "10"), ("June", "40"), ("July", "0"), ("Aug", "−10"))
    assert chart.table.head == ("M", "C")
    assert list(faults(chart.svg)) == []


def test_long_names_lay_the_bars_down() -> None:
    points = [Bar("Cà phê Buôn Ma Thuột rang xay", 30), Bar("Trà sen Tây Hồ loại đặc biệt", 10), Bar("Returns", -5)]
    chart = bars(title="Sales", points=points, head=("a", "b"), write=lambda v: f"{v:.0f} €")
    lying = [float(bar.attrib["width"]) for bar in named(chart.svg, "rect")]

    assert lying[0] == pytest.approx(3 * lying[1], abs=0.05)
    assert lying[2] == pytest.approx(lying[1] / 2, abs=0.05)
    assert "30 €" in words(chart.svg)
    assert list(faults(chart.svg)) == []


def test_a_missing_figure_breaks_line_and_band() -> None:
    points = [BandPoint("1", 1, 0, 2), BandPoint("2", 2, 1, 3), BandPoint("3", None), BandPoint("4", 4, 3, 5)]
    chart = line_with_band(title="Mean", points=points, head=("w", "m", "l", "h"))
    strokes = [p for p in named(chart.svg, "path") if p.get("class") == "chart-line"]
    bands = [p for p in named(chart.svg, "path") if p.get("class") == "chart-band"]

    assert [p.attrib["d"].count("L") for p in strokes] == [1, 0]
    assert len(bands) == 2
    assert chart.table.rows[2] == ("3", "–", "–", "–")
    assert chart.table.rows[0] == ("1", "1", "0", "2")
    assert words(chart.svg)[-5:] == ["4", "4", "3", "2", "1"]
    assert list(faults(chart.svg)) == []


def test_many_moments_name_only_as_many_as_fit_in_even_steps() -> None:
    points = [BandPoint(f"Week {n}", n) for n in range(53)]
    chart = line_with_band(title="Year", points=points, head=("w", "m", "l", "h"))
    weeks = [int(text.split()[1]) for text in words(chart.svg) if text.startswith("Week")]

    assert weeks[0] == 52
    assert 3 <= len(weeks) <= 9
    assert len({a - b for a, b in itertools.pairwise(weeks)}) == 1


def test_states_share_the_bar_and_count_in_figures() -> None:
    rows = [StateRow("Hà Nội", {"ack": 30, "read": 10}), StateRow("Huế", {"over": 5}), StateRow("Empty", {})]
    chart = stacked_states(title="Reach", rows=rows, states=STATES, head=("Site", "Sum"))
    wide = [float(r.attrib["width"]) for r in named(chart.svg, "rect") if r.get("height") == "24" and r.get("class")]
    [whole_hanoi, ack, read, whole_hue, over, whole_empty] = wide

    assert whole_hanoi == whole_hue == whole_empty
    assert ack + 1.5 == pytest.approx(whole_hanoi * 0.75, abs=0.05)
    assert read + 1.5 == pytest.approx(whole_hanoi * 0.25, abs=0.05)
    assert over + 1.5 == pytest.approx(whole_hue, abs=0.05)
    assert chart.table.head == ("Site", "Đã nhận", "Đã đọc", "Quá hạn", "Sum")
    assert chart.table.rows == (
        ("Hà Nội", "30", "10", "0", "40"),
        ("Huế", "0", "0", "5", "5"),
        ("Empty", "0", "0", "0", "0"),
    )
    assert list(faults(chart.svg)) == []


@pytest.mark.parametrize("counts", [{"ack": -1}, {"lost": 2}])
def test_a_count_that_cannot_be_drawn_is_a_mistake(counts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        stacked_states(title="x", rows=[StateRow("a", counts)], states=STATES, head=("", ""))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_figure_that_is_not_finite_is_a_mistake(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        bars(title="x", points=[Bar("a", value)], head=("", ""))


def test_charts_of_nothing_are_pictures_too() -> None:
    for chart in (
        bars(title="<none>", points=[], head=("", "")),
        line_with_band(title="<none>", points=[], head=("", "", "", "")),
        stacked_states(title="<none>", rows=[], states=STATES, head=("", "")),
    ):
        assert list(faults(chart.svg)) == []
        assert chart.table.rows == ()
        assert named(chart.svg, "title")[0].text == "<none>"


def test_ticks_are_round() -> None:
    assert scale([0, 402], start=0, end=100, zero=True).ticks == (0, 100, 200, 300, 400, 500)
    assert scale([3.7, 4.7], start=0, end=1, zero=False).ticks == (3.6, 3.8, 4.0, 4.2, 4.4, 4.6, 4.8)
    assert scale([], start=0, end=1, zero=False).ticks == (0, 0.2, 0.4, 0.6, 0.8, 1)


@given(st.lists(st.floats(-1e9, 1e9).map(lambda v: round(v, 3)), max_size=8), st.booleans())
def test_a_scale_holds_all_its_values(values: list[float], zero: bool) -> None:  # noqa: FBT001  (drawn)
    held = scale(values, start=0, end=100, zero=zero)

    assert 2 <= len(held.ticks) <= 12
    assert list(held.ticks) == sorted(set(held.ticks))
    assert all(-1e-3 <= held.at(value) <= 100 + 1e-3 for value in values)


def test_figures_are_written_plainly() -> None:
    assert [plain(v) for v in (1, 1.5, 1.254, -0.001, -2)] == ["1", "1.5", "1.25", "0", "−2"]
