"""Ornaments for labels and prints: each drawn around (0, 0), within a circle of radius 50."""

import math
from collections.abc import Callable
from enum import StrEnum

from kith.kernel.drawings.svg import circle, ellipse, g, line, path


class Motif(StrEnum):
    """What a label shows."""

    LEAF = "leaf"
    LOTUS = "lotus"
    CITRUS = "citrus"
    SUN = "sun"
    PEAK = "peak"
    BEAN = "bean"
    BERRY = "berry"
    GRAIN = "grain"
    DROP = "drop"
    WAVE = "wave"
    HEART = "heart"
    STAR = "star"


def motif(kind: Motif, *, main: str, accent: str, ground: str) -> str:
    """Return the ornament in two colours on a `ground` that shows through its gaps."""
    return _DRAWN[kind](main, accent, ground)


def _leaf(main: str, accent: str, ground: str) -> str:
    blade = "M0 44C-30 26-34-12 0-48C34-12 30 26 0 44Z"
    side = "M0 0C-8-20-4-34 16-44C24-22 18-6 0 0Z"
    return g(
        g(path(side, fill=accent), transform="translate(4 34) rotate(52) scale(1.05)"),
        g(path(side, fill=main, opacity=0.75), transform="translate(-4 34) scale(-1 1) rotate(52) scale(1.05)"),
        path(blade, fill=main),
        path("M0 48V-22M0 24L13 11M0 24L-13 11M0 4L11-7M0 4L-11-7", fill="none", stroke=ground, stroke_width=3,
             stroke_linecap="round"),
    )  # fmt: skip


def _lotus(main: str, accent: str, ground: str) -> str:
    petal = "M0 30C-17 10-15-22 0-42C15-22 17 10 0 30Z"
    turned = [(-74, 0.95, 0.55), (74, 0.95, 0.55), (-40, 1.0, 0.8), (40, 1.0, 0.8), (0, 1.08, 1.0)]
    petals = [
        g(path(petal, fill=main, fill_opacity=deep, stroke=ground, stroke_width=2.5),
          transform=f"translate(0 26) rotate({angle}) translate(0 -26) scale({size})")
        for angle, size, deep in turned
    ]  # fmt: skip
    water = path("M-44 42Q-22 34 0 42T44 42", fill="none", stroke=accent, stroke_width=5, stroke_linecap="round")
    return g(*petals, water)


def _citrus(main: str, accent: str, ground: str) -> str:
    segments = [
        path("M0-6L-11.5-32Q0-39 11.5-32Z", fill=main, stroke=main, stroke_width=3, stroke_linejoin="round",
             transform=f"rotate({angle})")
        for angle in range(0, 360, 45)
    ]  # fmt: skip
    leaf = path("M0 0C6-20 24-24 36-20C32-4 18 6 0 0Z", fill=accent, transform="translate(14 -38) scale(.95)")
    return g(circle(0, 0, 46, fill=main), circle(0, 0, 40, fill=ground), *segments, leaf)


def _sun(main: str, accent: str, ground: str) -> str:
    rays = [
        line(0, -30, 0, -46, stroke=accent, stroke_width=5, stroke_linecap="round",
             transform=f"translate(0 8) rotate({angle})")
        for angle in range(-80, 81, 20)
    ]  # fmt: skip
    hills = path("M-48 38Q-24-2 2 24Q22-8 48 38Z", fill=main, stroke=main, stroke_width=3, stroke_linejoin="round")
    disc = path("M-23 8A23 23 0 0 1 23 8Z", fill=accent)
    fold = path("M-30 38Q-14 14 4 30", fill="none", stroke=ground, stroke_width=3, stroke_linecap="round")
    return g(*rays, disc, hills, fold)


def _peak(main: str, accent: str, ground: str) -> str:
    return g(
        circle(20, -22, 14, fill=accent),
        path("M-48 40L-14-30L6 8L18-12L48 40Z", fill=main, stroke=main, stroke_width=4, stroke_linejoin="round"),
        path("M-14-30L-25-7L-17-1L-11-9L-3-1L-2-6Z", fill=ground),
    )


def _bean(main: str, accent: str, ground: str) -> str:
    bean = g(ellipse(0, 0, 21, 32), path("M2-31C-12-14 14 10-2 31", fill="none", stroke=ground, stroke_width=4))
    return g(
        g(bean, fill=main, transform="translate(-17 8) rotate(-24)"),
        g(bean, fill=accent, transform="translate(21 -6) rotate(26) scale(.86)"),
    )


def _berry(main: str, accent: str, ground: str) -> str:
    berries = [circle(x, y, 16, fill=main, stroke=ground, stroke_width=2.5) for x, y in
               ((-18, -2), (18, -2), (0, 4), (-9, 24), (10, 24))]  # fmt: skip
    leaves = [path("M0 0C-4-18 8-28 26-28C26-12 16 0 0 0Z", fill=accent, transform=f"translate(0 -14) scale({s} 1)")
              for s in (1, -1)]  # fmt: skip
    gleam = [circle(x, y, 3.5, fill=ground, opacity=0.7) for x, y in ((-23, -7), (13, -7), (-5, -1))]
    return g(*leaves, *berries, *gleam)


def _grain(main: str, accent: str, ground: str) -> str:
    kernel = "M0 0C-12-6-14-20-6-30C4-22 6-10 0 0Z"
    pairs = [
        path(kernel, fill=main if level % 2 == 0 else accent,
             transform=f"translate(0 {28 - level * 18}) scale({side} 1) rotate(-20)")
        for level in range(4)
        for side in (1, -1)
    ]  # fmt: skip
    return g(line(0, 48, 0, -34, stroke=main, stroke_width=3.5, stroke_linecap="round"), *pairs,
             path("M0-26C-8-34-6-44 0-50C6-44 8-34 0-26Z", fill=main, stroke=ground, stroke_width=1))  # fmt: skip


def _drop(main: str, accent: str, ground: str) -> str:
    return g(
        path("M0-48C20-18 32-4 32 14A32 32 0 0 1-32 14C-32-4-20-18 0-48Z", fill=main),
        path("M-28 18Q-14 8 0 18T28 18A30 30 0 0 1-28 18Z", fill=accent),
        path("M-17 6C-16-4-12-11-7-18", fill="none", stroke=ground, stroke_width=4.5, stroke_linecap="round"),
    )


def _wave(main: str, accent: str, ground: str) -> str:
    rows = [
        path("M-46 0Q-34.5-14-23 0T0 0T23 0T46 0", fill="none", stroke=colour, stroke_width=6.5,
             stroke_linecap="round", transform=f"translate(0 {y})")
        for y, colour in ((-2, main), (16, accent), (34, main))
    ]  # fmt: skip
    return g(circle(0, -26, 17, fill=accent), circle(6, -31, 4, fill=ground, opacity=0.6), *rows)


def _heart(main: str, accent: str, ground: str) -> str:
    shape = "M0 40C-58 2-42-42-14-40C-6-39-2-34 0-28C2-34 6-39 14-40C42-42 58 2 0 40Z"
    return g(path(shape, fill=main), path("M-24-22C-31-16-31-6-27 2", fill="none", stroke=ground, stroke_width=5,
             stroke_linecap="round"), g(path(shape, fill=accent), transform="translate(28 22) scale(.34)"))  # fmt: skip


def _star(main: str, accent: str, ground: str) -> str:
    points = []
    for index in range(16):
        radius = 48 if index % 2 == 0 else 22
        angle = math.pi * index / 8
        points.append(f"{radius * math.sin(angle):.1f} {-radius * math.cos(angle):.1f}")
    return g(path("M" + "L".join(points) + "Z", fill=main, stroke=main, stroke_width=3, stroke_linejoin="round"),
             circle(0, 0, 15, fill=ground), circle(0, 0, 8, fill=accent))  # fmt: skip


_DRAWN: dict[Motif, Callable[[str, str, str], str]] = {
    Motif.LEAF: _leaf,
    Motif.LOTUS: _lotus,
    Motif.CITRUS: _citrus,
    Motif.SUN: _sun,
    Motif.PEAK: _peak,
    Motif.BEAN: _bean,
    Motif.BERRY: _berry,
    Motif.GRAIN: _grain,
    Motif.DROP: _drop,
    Motif.WAVE: _wave,
    Motif.HEART: _heart,
    Motif.STAR: _star,
}
