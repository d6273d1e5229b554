"""Round things that hold drinks: bottles, can, jar, tin, keg and cup."""

from kith.kernel.drawings.stage import FLOOR, MIDDLE, Stage
from kith.kernel.drawings.svg import Step, circle, ellipse, g, line, path, rect, turned

_CX = MIDDLE

_GLASS: dict[str, tuple[tuple[Step, ...], float, float]] = {
    # outline, half width of the body, top of the label
    "shoulders": (
        ((13, 62), (13, 132), (13, 160, 47, 158, 47, 200), (47, 338), (47, 344, 44, FLOOR, 38, FLOOR)),
        47,
        206,
    ),
    "slope": (
        ((13, 62), (14, 110), (16, 160, 52, 182, 52, 232), (52, 336), (52, 343, 48, FLOOR, 42, FLOOR)),
        52,
        232,
    ),
    "flask": (
        ((15, 86), (15, 132), (15, 150, 64, 146, 66, 182), (66, 332), (66, 342, 60, FLOOR, 52, FLOOR)),
        66,
        190,
    ),
}


def bottle(stage: Stage) -> str:
    """Return a glass bottle with capsule, gleam and paper label."""
    p = stage.palette
    kind = stage.dice.pick("bottle", tuple(_GLASS))
    outline, half, top = _GLASS[kind]
    body = turned(_CX, *outline)
    mouth = outline[0][1]
    neck = outline[0][0]
    cap = turned(_CX, (neck + 2.5, mouth - 6), (neck + 2.5, mouth + 40), (neck + 1, mouth + 42))
    ring = rect(_CX - neck - 4, mouth + 4, 2 * neck + 8, 7, rx=3, fill=p.accent)
    gleam = path(
        f"M{_CX - half + 10:g} {top + 4:g}V{FLOOR - 24}", stroke="#fff", stroke_width=5, stroke_linecap="round",
        opacity=0.28, fill="none",
    )  # fmt: skip
    label = g(
        stage.label_on(_CX - half, top + 6, 2 * half, FLOOR - top - 32, corner=0),
        clip_path=stage.clip(path(body)),
    )
    shade = path(body, fill=stage.light())
    return g(
        stage.shadow(half),
        path(body, fill=p.deep),
        gleam,
        stage.solid(cap, p.accent),
        rect(_CX - neck - 2.5, mouth - 8, 2 * neck + 5, 5, rx=2.5, fill=p.accent),
        ring,
        label,
        shade,
    )


def pet(stage: Stage) -> str:
    """Return a clear plastic bottle: its drink shows, ribs and a wrapped label hold it."""
    p = stage.palette
    body = turned(
        _CX, (15, 84), (15, 96), (16, 122, 56, 128, 58, 172), (58, 186), (54, 196), (54, 272), (58, 282), (58, 330),
        (58, 342, 52, FLOOR, 42, FLOOR),
    )  # fmt: skip
    clip = stage.clip(path(body))
    drink = g(rect(_CX - 60, 138, 120, 210, fill=p.body, opacity=0.85), clip_path=clip)
    ribs = "".join(
        path(f"M{_CX - 57:g} {y}Q{_CX:g} {y + 7} {_CX + 57:g} {y}", fill="none", stroke="#fff", stroke_width=2.5,
             opacity=0.4)
        for y in (292, 306, 320)
    )  # fmt: skip
    wrap = g(
        rect(_CX - 60, 188, 120, 92, fill=p.paper),
        rect(_CX - 60, 188, 120, 5, fill=p.accent),
        rect(_CX - 60, 275, 120, 5, fill=p.accent),
        stage.print_on(_CX - 46, 196, 92, 78),
        clip_path=clip,
    )
    cap = turned(_CX, (19, 62), (20, 64), (20, 86))
    grooves = "".join(
        line(_CX + x, 67, _CX + x, 84, stroke=p.deep, stroke_width=1.4, opacity=0.35) for x in range(-16, 17, 4)
    )
    return g(
        stage.shadow(56),
        path(body, fill="#fff", opacity=0.75),
        drink,
        ribs,
        wrap,
        path(body, fill=stage.light(), stroke=p.deep, stroke_opacity=0.18, stroke_width=1.5),
        path(f"M{_CX - 45:g} 170Q{_CX - 42:g} 142 {_CX - 24:g} 126", stroke="#fff", stroke_width=5,
             stroke_linecap="round", opacity=0.6, fill="none"),
        rect(_CX - 18, 86, 36, 6, rx=3, fill=p.accent),
        stage.solid(cap, p.accent),
        grooves,
    )  # fmt: skip


def can(stage: Stage) -> str:
    """Return a drink can, slim or stout, printed all around."""
    p = stage.palette
    slim = stage.dice.chance("slim", 50)
    half, top = (52.0, 80.0) if slim else (64.0, 112.0)
    body = turned(
        _CX, (half - 9, top + 10), (half, top + 26), (half, FLOOR - 16), (half - 8, FLOOR - 3), (half - 12, FLOOR),
    )  # fmt: skip
    clip = stage.clip(path(body))
    bottom = FLOOR - 18
    pattern = _can_pattern(stage, half, top + 26, bottom)
    rim = turned(_CX, (half - 8, top), (half - 7, top + 5), (half - 9, top + 11))
    foot = turned(_CX, (half, FLOOR - 16), (half - 8, FLOOR - 3), (half - 12, FLOOR))
    print_top = top + 36
    return g(
        stage.shadow(half),
        path(body, fill=p.body),
        g(pattern, clip_path=clip),
        stage.print_on(_CX - half + 8, print_top, 2 * half - 16, (bottom - print_top) * 0.74, light=True),
        path(body, fill=stage.light()),
        path(foot, fill=stage.light("metal"), opacity=0.9),
        path(rim, fill=stage.light("metal")),
        ellipse(_CX, top + 1, half - 8, 3.4, fill="#DDE0E4"),
        ellipse(_CX, top + 1.2, half - 14, 2, fill="#A9AEB6"),
    )


def _can_pattern(stage: Stage, half: float, top: float, bottom: float) -> str:
    p = stage.palette
    kind = stage.dice.pick("pattern", ("hills", "band", "bubbles"))
    left, right = _CX - half, _CX + half
    if kind == "hills":
        return path(
            f"M{left:g} {bottom - 38:g}Q{left + half * 0.6:g} {bottom - 74:g} {_CX:g} {bottom - 44:g}T{right:g} "
            f"{bottom - 52:g}V{FLOOR}H{left:g}Z",
            fill=p.deep,
        ) + path(
            (
                f"M{left:g} {bottom - 12:g}Q{_CX - half * 0.3:g} {bottom - 46:g} {right:g}"
                f" {bottom - 16:g}V{FLOOR}H{left:g}Z"
            ),
            fill=p.accent,
        )
    if kind == "band":
        return rect(left, bottom - 34, 2 * half, 12, fill=p.accent) + rect(
            left, bottom - 18, 2 * half, 40, fill=p.deep
        ) + rect(left, top - 20, 2 * half, 24, fill=p.deep)  # fmt: skip
    spots = []
    for index in range(22):
        x = stage.dice.between(f"bx{index}", left, right)
        y = stage.dice.between(f"by{index}", bottom - 62, bottom + 6)
        spots.append(circle(x, y, stage.dice.between(f"br{index}", 2, 7.5), fill=p.paper, opacity=0.32))
    return rect(left, bottom - 6, 2 * half, 30, fill=p.deep) + "".join(spots)


def jar(stage: Stage) -> str:
    """Return a jar with its content, a lid with a rim and a label."""
    p = stage.palette
    body = turned(
        _CX, (62, 132), (62, 140), (64, 152, 82, 152, 82, 178), (82, 320), (82, 338, 74, FLOOR, 60, FLOOR),
    )  # fmt: skip
    content = turned(
        _CX, (70, 164), (77, 170, 77, 176, 77, 182), (77, 318), (77, 334, 70, 341, 58, 341),
    )  # fmt: skip
    lid = turned(_CX, (66, 100), (70, 102), (70, 134), (67, 137))
    ridges = "".join(
        line(_CX + x, 110, _CX + x, 132, stroke="#000", stroke_opacity=0.14, stroke_width=2) for x in range(-63, 64, 9)
    )
    return g(
        stage.shadow(80),
        path(body, fill="#fff", opacity=0.8),
        path(content, fill=p.body),
        stage.label_on(_CX - 54, 200, 108, 122, corner=10),
        path(body, fill=stage.light(), stroke=p.deep, stroke_opacity=0.15, stroke_width=1.5),
        path(f"M{_CX - 70:g} 186V312", stroke="#fff", stroke_width=5, stroke_linecap="round", opacity=0.5, fill="none"),
        stage.solid(lid, p.accent),
        ridges,
        ellipse(_CX, 100.5, 66, 4.5, fill="#fff", opacity=0.3),
    )


def tin(stage: Stage) -> str:
    """Return a tea tin with a stepped lid."""
    p = stage.palette
    tall = stage.dice.chance("tall", 60)
    half, top = (66.0, 112.0) if tall else (86.0, 168.0)
    lid_bottom = top + 44
    body = turned(_CX, (half, lid_bottom - 2), (half, FLOOR - 5), (half - 4, FLOOR))
    lid = turned(_CX, (half - 10, top), (half - 2, top + 4), (half + 2, top + 10), (half + 2, lid_bottom))
    label = stage.label_on(_CX - half * 0.78, lid_bottom + 16, half * 1.56, FLOOR - lid_bottom - 36, corner=half * 0.2)
    return g(
        stage.shadow(half),
        path(body, fill=p.body),
        rect(_CX - half, FLOOR - 12, 2 * half, 4, fill=p.accent),
        label,
        path(body, fill=stage.light()),
        path(lid, fill=p.deep),
        rect(_CX - half - 2, lid_bottom - 9, 2 * half + 4, 4, fill=p.accent),
        path(lid, fill=stage.light()),
        ellipse(_CX, top + 1, half - 11, 3.2, fill="#fff", opacity=0.25),
    )


def keg(stage: Stage) -> str:
    """Return a steel keg with its rolling rings, a valve and a printed band."""
    p = stage.palette
    body = turned(
        _CX, (80, 128), (80, 142), (90, 158, 92, 200, 92, 236), (92, 272, 90, 314, 80, 332), (80, FLOOR),
    )  # fmt: skip
    collar = turned(_CX, (74, 96), (80, 98), (82, 132))
    holes = "".join(rect(_CX + x, 108, 34, 13, rx=6.5, fill="#5E646C") for x in (-55, 21))
    rings = "".join(
        rect(_CX - w, y, 2 * w, 8, rx=4, fill=stage.light("metal"), stroke="#767C85", stroke_width=1)
        for y, w in ((150, 89), (316, 89))
    )
    band = g(
        rect(_CX - 96, 168, 192, 138, fill=p.body),
        rect(_CX - 96, 168, 192, 5, fill=p.accent),
        rect(_CX - 96, 301, 192, 5, fill=p.accent),
        stage.print_on(_CX - 66, 178, 132, 118, light=True),
        clip_path=stage.clip(path(body)),
    )
    valve = rect(_CX - 16, 84, 32, 16, rx=4, fill=p.accent) + rect(_CX - 9, 76, 18, 10, rx=3, fill=p.deep)
    return g(
        stage.shadow(86),
        valve,
        path(collar, fill=stage.light("metal")),
        holes,
        path(body, fill=stage.light("metal")),
        band,
        path(body, fill=stage.light()),
        rings,
    )


def cup(stage: Stage) -> str:
    """Return a paper cup with lid and sleeve."""
    p = stage.palette
    body = turned(_CX, (74, 128), (54, FLOOR - 4), (50, FLOOR))
    sleeve = turned(_CX, (71, 178), (59, 300))
    lid = turned(_CX, (58, 96), (64, 98), (66, 114), (78, 116), (80, 120), (80, 130), (77, 132))
    steam = "".join(
        path(f"M{x} 82C{x - 10} 70 {x + 10} 62 {x} 48", fill="none", stroke=p.deep, stroke_opacity=0.28,
             stroke_width=4, stroke_linecap="round")
        for x in (182, 200, 218)
    )  # fmt: skip
    return g(
        stage.shadow(56),
        path(body, fill=p.paper),
        path(sleeve, fill=p.body),
        stage.print_on(_CX - 52, 184, 104, 110, light=True),
        path(body, fill=stage.light()),
        path(lid, fill=p.deep),
        path(lid, fill=stage.light()),
        steam,
    )
