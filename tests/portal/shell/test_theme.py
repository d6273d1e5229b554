"""Themes: contrast as WCAG defines it, and stylesheets that can carry nothing but values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.portal.shell.theme import BadThemeError, Tokens, contrast, faint_pairs, palette, theme_css

colours = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)


def test_black_on_white_is_the_largest_contrast_there_is() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 6) == 21.0


def test_a_colour_on_itself_has_none() -> None:
    assert contrast("#1F6B57", "#1f6b57") == 1.0


def test_contrast_agrees_with_a_published_figure() -> None:
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48  # the well-known grey that just fails


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_within_its_bounds(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0 + 1e-9


def test_the_default_theme_keeps_its_contrast() -> None:
    assert faint_pairs(Tokens()) == []


def test_a_faint_colour_is_found_on_each_ground_of_its_mode_only() -> None:
    found = faint_pairs(Tokens(light={"muted": "#AAAAAA"}))
    assert {(pair.mode, pair.foreground, pair.background) for pair in found} == {
        ("light", "muted", "ground"),
        ("light", "muted", "card"),
    }
    assert all(pair.contrast < pair.wanted for pair in found)


def test_words_on_a_button_are_checked_too() -> None:
    found = faint_pairs(Tokens(light={"primary": "#1F6B57", "on-primary": "#20242E"}))
    assert [(pair.foreground, pair.background) for pair in found] == [("on-primary", "primary")]


@pytest.mark.parametrize(
    ("tokens", "named"),
    [
        (Tokens(light={"ink": "red"}), "ink"),
        (Tokens(light={"ink": "#fff;}body{display:none"}), "ink"),
        (Tokens(dark={"ink": "#12345"}), "ink"),
        (Tokens(light={"glow": "#123456"}), "glow"),
        (Tokens(font='Arial";}*{color:red'), "font"),
        (Tokens(radius=99), "99"),
        (Tokens(radius=-1), "-1"),
    ],
)
def test_what_is_no_value_never_becomes_a_stylesheet(tokens: Tokens, named: str) -> None:
    with pytest.raises(BadThemeError, match=named):
        theme_css(tokens)


def test_a_theme_replaces_only_what_it_names() -> None:
    colours = palette(Tokens(light={"primary": "#204080"}), "light")
    assert colours["primary"] == "#204080"
    assert colours["ink"] == "#20242E"
    assert palette(Tokens(light={"primary": "#204080"}), "dark")["primary"] == "#6CC5A8"


def test_the_stylesheet_serves_light_dark_and_a_choice() -> None:
    css = theme_css(Tokens(light={"primary": "#204080"}, dark={"primary": "#A0C0FF"}, font="Source Sans", radius=4))
    light, wished, chosen = css.strip().split("\n")
    assert light.startswith(":root{color-scheme:light;")
    assert "--primary:#204080;" in light
    assert '--family:"Source Sans","Be Vietnam Pro",' in light
    assert "--radius:4px;" in light
    assert wished.startswith("@media (prefers-color-scheme:dark){:root:not([data-theme=light])")
    assert chosen.startswith(":root[data-theme=dark]{color-scheme:dark;")
    assert "--primary:#A0C0FF;" in wished
    assert "--primary:#A0C0FF;" in chosen
