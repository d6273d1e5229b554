"""Things with corners and folds: carton, box, pouch, crate of six, wrapped gift and bag."""

from kith.kernel.drawings.lettering import fit, lettered
from kith.kernel.drawings.stage import FLOOR, MIDDLE, Stage
from kith.kernel.drawings.svg import circle, g, line, path, rect

_CX = MIDDLE


def carton(stage: Stage) -> str:
    """Return a gable-top carton seen from a corner."""
    p = stage.palette
    front = "M126 158H232V346H126Z"
    side = "M232 158L274 146V334L232 346Z"
    gable = "M126 158L142 104H244L232 158Z"
    fold = "M232 158L244 104L258 108L274 146Z"
    ridge = "M142 104V82H244V104Z"
    cap = g(circle(190, 132, 15, fill=p.deep), circle(190, 130, 15, fill=p.accent),
            circle(190, 130, 8, fill="#fff", opacity=0.3))  # fmt: skip
    wave = path("M126 300Q152 282 180 300T232 298V346H126Z", fill=p.body) + path(
        "M232 298Q252 280 274 288V334L232 346Z", fill=p.deep
    )
    return g(
        stage.shadow(80),
        path(front, fill=p.paper),
        path(side, fill=p.glow),
        wave,
        path(side, fill="#000", opacity=0.1),
        path(gable, fill=p.body),
        path(fold, fill=p.deep),
        path(ridge, fill=p.body),
        line(142, 92, 244, 92, stroke="#fff", stroke_opacity=0.35, stroke_width=2),
        path("M244 82L250 86V108L244 104Z", fill=p.deep),
        cap,
        stage.print_on(132, 168, 94, 126),
        path(front, fill=stage.light("flat")),
    )


def box(stage: Stage) -> str:
    """Return a printed box seen from a corner, its front a label."""
    p = stage.palette
    wide = stage.dice.chance("wide", 50)
    left, right, top, depth = (100.0, 262.0, 178.0, 44.0) if wide else (122.0, 242.0, 120.0, 40.0)
    rise = depth * 0.42
    front = f"M{left:g} {top:g}H{right:g}V{FLOOR}H{left:g}Z"
    side = f"M{right:g} {top:g}l{depth:g}-{rise:g}V{FLOOR - rise:g}L{right:g} {FLOOR}Z"
    lid = f"M{left:g} {top:g}l{depth:g}-{rise:g}H{right + depth:g}L{right:g} {top:g}Z"
    frame = rect(left + 9, top + 9, right - left - 18, FLOOR - top - 18, rx=5, fill=p.paper)
    inside = stage.print_on(left + 16, top + 18, right - left - 32, FLOOR - top - 36)
    return g(
        stage.shadow((right - left) / 2 + 18),
        path(side, fill=p.deep),
        path(lid, fill=p.accent),
        path(lid, fill="#fff", opacity=0.14),
        path(front, fill=p.body),
        frame,
        inside,
        path(front, fill=stage.light("flat")),
    )


def pouch(stage: Stage) -> str:
    """Return a standing pouch with a crimped top and a gusset."""
    p = stage.palette
    body = "M128 104H272L280 128C286 200 288 280 282 338Q200 354 118 338C112 280 114 200 120 128Z"
    seam = "M128 90H272V108H128Z"
    teeth = "".join(line(x, 92, x, 106, stroke="#000", stroke_opacity=0.14, stroke_width=2) for x in range(134, 270, 8))
    valve = circle(200, 132, 7, fill=p.deep, opacity=0.6) + circle(200, 132, 3, fill=p.paper, opacity=0.7)
    gusset = path("M118 338Q200 306 282 338Q200 354 118 338Z", fill=p.deep, opacity=0.55)
    return g(
        stage.shadow(82),
        path(body, fill=p.body),
        gusset,
        stage.label_on(142, 158, 116, 142, corner=8),
        path(body, fill=stage.light()),
        path(seam, fill=p.accent),
        teeth,
        valve,
    )


def crate(stage: Stage) -> str:
    """Return an open crate with the necks of its bottles."""
    p = stage.palette
    necks = []
    for x in (122, 161, 200, 239, 278):
        glass = (
            f"M{x - 8} 132H{x + 8}V164C{x + 8} 182 {x + 17} 184 {x + 17} 206V250H{x - 17}V206"
            f"C{x - 17} 184 {x - 8} 182 {x - 8} 164Z"
        )
        necks.append(stage.solid(glass, p.deep) + rect(x - 10, 124, 20, 14, rx=4, fill=p.accent))
    front = "M88 222H312L304 346H96Z"
    handle = rect(168, 236, 64, 18, rx=9, fill=p.deep)
    return g(
        stage.shadow(112),
        *necks,
        path(front, fill=p.body),
        path("M88 222H312L311 234H89Z", fill="#fff", opacity=0.18),
        handle,
        g(stage.print_on(112, 258, 176, 80, light=True)),
        path(front, fill=stage.light("flat")),
    )


def gift(stage: Stage) -> str:
    """Return a wrapped gift with ribbon, bow and a tag."""
    p = stage.palette
    loops = (
        path("M200 150C170 96 112 104 122 136C130 158 176 152 200 150Z", fill=p.accent)
        + path("M200 150C230 96 288 104 278 136C270 158 224 152 200 150Z", fill=p.accent)
        + path("M196 148C176 120 146 118 142 132C142 146 172 150 196 148Z", fill="#000", opacity=0.14)
        + path("M204 148C224 120 254 118 258 132C258 146 228 150 204 148Z", fill="#000", opacity=0.14)
    )
    spots = "".join(
        circle(stage.dice.between(f"x{i}", 112, 288), stage.dice.between(f"y{i}", 206, 338), 3.2, fill=p.paper,
               opacity=0.4)
        for i in range(26)
    )  # fmt: skip
    tag = g(
        path("M226 224L244 204H330Q337 204 337 211V270Q337 277 330 277H244L226 257Z", fill=p.paper),
        circle(239, 240, 4.5, fill=p.accent),
        lettered(fit(stage.label, room=80, height=60, largest=20, smallest=7), x=292, middle=240.5, fill=p.ink),
        transform="rotate(7 240 240)",
    )
    return g(
        stage.shadow(102),
        rect(104, 190, 192, 156, rx=4, fill=p.body),
        spots,
        rect(184, 190, 32, 156, fill=p.accent),
        rect(104, 190, 192, 156, rx=4, fill=stage.light("flat")),
        rect(94, 150, 212, 44, rx=6, fill=p.body),
        rect(94, 150, 212, 44, rx=6, fill="#fff", opacity=0.1),
        rect(184, 150, 32, 44, fill=p.accent),
        rect(94, 188, 212, 6, fill="#000", opacity=0.12),
        loops,
        rect(185, 134, 30, 24, rx=9, fill=p.accent),
        rect(185, 134, 30, 24, rx=9, fill="#fff", opacity=0.2),
        path("M239 240C232 228 226 200 206 156", fill="none", stroke=p.deep, stroke_width=2, opacity=0.6),
        tag,
    )


def bag(stage: Stage) -> str:
    """Return a cloth bag with two handles and a print."""
    p = stage.palette
    body = "M112 148H288L300 338Q200 352 100 338Z"
    back = "M158 150C158 60 242 60 242 150"
    return g(
        stage.shadow(96),
        path(back, fill="none", stroke=p.accent, stroke_width=11, opacity=0.55),
        path(body, fill=p.paper),
        path("M112 148H288L289 162H111Z", fill="#000", opacity=0.05),
        stage.print_on(136, 186, 128, 136),
        path(body, fill=stage.light(), opacity=0.7),
        path("M150 172V150C150 40 250 40 250 150V172", fill="none", stroke=p.accent, stroke_width=11),
        *(line(x - 4, y, x + 4, y, stroke=p.deep, stroke_width=2) for x in (150, 250) for y in (160, 167)),
    )
