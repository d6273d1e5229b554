"""Things an organization gives or sells with its name on: mug, shirt, book, plant, headphones."""

from kith.kernel.drawings.stage import FLOOR, MIDDLE, Stage
from kith.kernel.drawings.svg import circle, ellipse, g, line, path, rect, turned

_CX = MIDDLE


def mug(stage: Stage) -> str:
    """Return a mug with a handle and a print."""
    p = stage.palette
    body = "M112 172H256V314Q256 346 224 346H144Q112 346 112 314Z"
    handle = path(
        "M252 204C312 190 318 300 250 298", fill="none", stroke=p.body, stroke_width=20, stroke_linecap="round"
    )
    return g(
        stage.shadow(86),
        handle,
        path("M252 204C312 190 318 300 250 298", fill="none", stroke="#000", stroke_width=20, opacity=0.16),
        path(body, fill=p.body),
        path("M112 172H256V314Q256 346 224 346H144Q112 346 112 314Z", fill=stage.light()),
        ellipse(184, 172, 72, 11, fill=p.paper),
        ellipse(184, 174, 62, 7.5, fill=p.deep),
        stage.print_on(128, 194, 112, 138, light=True),
    )


def shirt(stage: Stage) -> str:
    """Return a shirt laid flat, with a print on its chest."""
    p = stage.palette
    body = (
        "M160 92C170 118 230 118 240 92L276 104Q286 108 292 118L332 184L290 210L274 184V336Q274 344 266 344H134"
        "Q126 344 126 336V184L110 210L68 184L108 118Q114 108 124 104Z"
    )
    collar = "M160 92C170 118 230 118 240 92L232 89C224 108 176 108 168 89Z"
    seams = path("M126 184L132 150M274 184L268 150", fill="none", stroke="#000", stroke_opacity=0.18, stroke_width=2.5,
                 stroke_linecap="round")  # fmt: skip
    cuffs = path("M74 176L115 202M326 176L285 202", fill="none", stroke=p.accent, stroke_width=6)
    return g(
        ellipse(_CX, 352, 92, 7, fill=p.deep, opacity=0.16),
        path(body, fill=p.body),
        cuffs,
        path(body, fill=stage.light("flat")),
        path(collar, fill=p.accent),
        seams,
        stage.print_on(148, 146, 104, 124, light=True),
    )


def book(stage: Stage) -> str:
    """Return a notebook with an elastic band and a ribbon, a little turned."""
    p = stage.palette
    pages = rect(124, 96, 168, 250, rx=8, fill="#EFE9DD")
    leaves = "".join(line(289 - i, 104, 289 - i, 340, stroke="#CFC6B4", stroke_width=0.8) for i in (0, 2, 4))
    cover = rect(116, 90, 168, 254, rx=9, fill=p.body)
    return g(
        stage.shadow(90),
        path("M214 340V372L222 364L230 372V340Z", fill=p.accent),
        pages,
        leaves,
        cover,
        rect(116, 90, 22, 254, rx=9, fill=p.deep),
        rect(128, 90, 10, 254, fill=p.deep),
        stage.label_on(152, 124, 92, 132, corner=8),
        rect(116, 90, 168, 254, rx=9, fill=stage.light("flat")),
        rect(258, 90, 9, 254, fill=p.accent),
        rect(258, 90, 9, 254, fill="#000", opacity=0.08),
    )


def plant(stage: Stage) -> str:
    """Return a plant in a pot that carries the words."""
    p = stage.palette
    green, dark = ("#4E8F5B", "#2F6B43") if stage.dice.chance("green", 60) else ("#6FA46B", "#3F7A52")
    leaf = "M0 0C-26-30-26-84 0-122C26-84 26-30 0 0Z"
    turns = [(-58, 0.72, dark), (58, 0.72, dark), (-32, 0.95, green), (34, 0.92, green), (2, 1.12, dark),
             (-14, 0.7, green), (18, 0.66, green)]  # fmt: skip
    leaves = [
        g(
            path(leaf, fill=colour),
            path("M0-4V-104", stroke="#fff", stroke_opacity=0.28, stroke_width=2.5, fill="none"),
            transform=f"translate(200 214) rotate({angle}) scale({size})",
        )
        for angle, size, colour in turns
    ]
    pot = turned(_CX, (70, 222), (56, FLOOR - 6), (50, FLOOR))
    rim = turned(_CX, (76, 204), (76, 226), (74, 230))
    return g(
        stage.shadow(58),
        *leaves,
        path(pot, fill=p.body),
        stage.print_on(152, 236, 96, 100, light=True),
        path(pot, fill=stage.light()),
        path(rim, fill=p.body),
        path(rim, fill="#fff", opacity=0.12),
        path(rim, fill=stage.light()),
    )


def headphones(stage: Stage) -> str:
    """Return headphones, the words on a card below their band."""
    p = stage.palette
    band = "M106 232C90 54 310 54 294 232"
    shells = []
    for x, side in ((106, -1), (294, 1)):
        shells.append(
            rect(x - 22, 214, 44, 104, rx=20, fill=p.deep)
            + rect(x - 22 + side * 10, 206, 44, 120, rx=21, fill=p.body)
            + rect(x - 22 + side * 10, 206, 44, 120, rx=21, fill=stage.light())
            + circle(x + side * 10, 266, 11, fill=p.accent)
        )
    card = g(
        rect(148, 196, 104, 140, rx=10, fill=p.paper),
        stage.print_on(156, 206, 88, 120),
    )
    return g(
        stage.shadow(110),
        path(band, fill="none", stroke=p.deep, stroke_width=20, stroke_linecap="round"),
        path("M114 190C122 84 278 84 286 190", fill="none", stroke=p.accent, stroke_width=5, stroke_linecap="round"),
        card,
        *shells,
    )
