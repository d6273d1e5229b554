"""The stage a product stands on: wall, shadow, light on round things, and the label with its ornament and words."""

from dataclasses import dataclass, field

from kith.kernel.drawings.lettering import fit, lettered
from kith.kernel.drawings.motifs import Motif, motif
from kith.kernel.drawings.palettes import Palette
from kith.kernel.drawings.svg import Attributes, Dice, circle, el, ellipse, g, identifier, line, path, rect

SIZE = 400
FLOOR = 346
MIDDLE = SIZE / 2

_LIGHTS = {
    "round": ((0, "#fff", 0.05), (0.16, "#fff", 0.38), (0.34, "#fff", 0), (0.62, "#000", 0.02), (1, "#000", 0.3)),
    "metal": ((0, "#8E939B", 1), (0.18, "#F3F4F5", 1), (0.42, "#C9CDD2", 1), (0.75, "#9BA1A9", 1), (1, "#6E747D", 1)),
    "flat": ((0, "#fff", 0.16), (1, "#000", 0.12)),
}


@dataclass
class Stage:
    """What a shape draws with. Every light is a gradient of its own name, written once into the picture."""

    seed: str
    palette: Palette
    label: str
    ornament: Motif
    dice: Dice = field(init=False)
    uid: str = field(init=False)
    _used: set[str] = field(init=False, default_factory=set)
    _clips: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Derive the choices and the prefix of every identifier."""
        self.dice = Dice(self.seed)
        self.uid = identifier(self.seed, self.label, self.ornament, self.palette.body)

    def light(self, kind: str = "round") -> str:
        """Return the paint of a light: `round` and `flat` go over a colour, `metal` is a colour itself."""
        self._used.add(kind)
        return f"url(#{self.uid}{kind})"

    def clip(self, shape: str) -> str:
        """Return the reference to a clip of `shape`'s outline."""
        name = f"{self.uid}c{len(self._clips)}"
        self._clips.append(el("clipPath", shape, id=name))
        return f"url(#{name})"

    def solid(self, d: str, fill: str, *, kind: str = "round") -> str:
        """Return an outline in a colour with a light over it."""
        return path(d, fill=fill) + path(d, fill=self.light(kind))

    def defs(self) -> str:
        """Return the lights and clips that were used."""
        gradients = [
            el(
                "linearGradient",
                *(el("stop", offset=at, stop_color=colour, stop_opacity=alpha) for at, colour, alpha in _LIGHTS[kind]),
                id=f"{self.uid}{kind}",
            )
            for kind in sorted(self._used)
        ]
        return el("defs", *gradients, *self._clips)

    def wall(self) -> str:
        """Return the ground of the picture."""
        return rect(0, 0, SIZE, SIZE, fill=self.palette.wall) + circle(MIDDLE, 186, 150, fill=self.palette.glow)

    def shadow(self, half: float, *, y: float = FLOOR) -> str:
        """Return the shadow of something `2 * half` wide that stands on the floor."""
        deep = self.palette.deep
        return ellipse(MIDDLE, y, half * 1.18, 11, fill=deep, opacity=0.13) + ellipse(
            MIDDLE, y, half * 0.92, 6, fill=deep, opacity=0.22
        )

    def ornament_at(self, x: float, y: float, radius: float, *, main: str, accent: str, ground: str) -> str:
        """Return the ornament within a circle."""
        drawn = motif(self.ornament, main=main, accent=accent, ground=ground)
        return g(drawn, transform=f"translate({x:g} {y:g}) scale({radius / 50:.3g})")

    def print_on(self, x: float, y: float, width: float, height: float, *, light: bool = False) -> str:
        """Return ornament and words within a rectangle, without a label below: light print is for dark things."""
        p = self.palette
        main, accent, ground = (p.paper, p.glow, p.body) if light else (p.body, p.accent, p.paper)
        radius = min(width * 0.34, height * 0.3)
        room = height - 2 * radius - 8
        fitted = fit(self.label, room=width * 0.9, height=room, largest=min(30, height * 0.24))
        return self.ornament_at(
            x + width / 2, y + radius + 2, radius, main=main, accent=accent, ground=ground
        ) + lettered(fitted, x=x + width / 2, middle=y + height - room / 2, fill=p.paper if light else p.ink)

    def label_on(self, x: float, y: float, width: float, height: float, *, corner: float = 6) -> str:
        """Return a paper label in one of three styles with ornament and words."""
        p = self.palette
        style = self.dice.pick("label", ("plain", "banded", "arched"))
        if style == "arched" and height > width * 0.9:
            d = (
                f"M{x:g} {y + height:g}V{y + width / 2:g}A{width / 2:g} {width / 2:g} 0 0 1 {x + width:g} "
                f"{y + width / 2:g}V{y + height:g}Z"
            )
            paper = path(d, fill=p.paper)
            return paper + self.print_on(x + width * 0.06, y + width * 0.14, width * 0.88, height - width * 0.22)
        paper = rect(x, y, width, height, rx=corner, fill=p.paper)
        inner = self.print_on(x + 6, y + 10, width - 12, height - 20)
        if style == "banded":
            edge: Attributes = {"stroke": p.accent, "stroke_width": 3.0}
            return (
                paper
                + line(x + 6, y + 6, x + width - 6, y + 6, **edge)
                + line(x + 6, y + height - 6, x + width - 6, y + height - 6, **edge)
                + inner
            )
        return paper + inner
