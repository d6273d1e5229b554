"""A small map of the world with the places of an organization on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kith.kernel.drawings.continents import LANDS
from kith.kernel.drawings.lettering import FAMILY, width
from kith.kernel.drawings.svg import circle, document, el, g, identifier, number, path, words

WIDTH = 720
NORTH = 78
SOUTH = -57
SCALE = WIDTH / 360
HEIGHT = (NORTH - SOUTH) * SCALE
_TEXT = 11.5


@dataclass(frozen=True, slots=True)
class Place:
    """A site by its name and WGS 84 coordinates in degrees; `main` stands out, `link` makes it a link."""

    name: str
    latitude: float
    longitude: float
    main: bool = False
    link: str = ""


def world_map(*, places: Sequence[Place], title: str) -> str:
    """Return an equirectangular map, 720 units wide, from 78° north to 57° south.

    A place beyond that or with impossible coordinates is a `ValueError`. Each dot carries its name as a title;
    the name is also written beside it where it covers no dot and no other name. Colours follow the page through
    the classes `map-land`, `map-dot`, `map-main` and `map-name`, which have the light theme's values without one.
    """
    for place in places:
        if not (SOUTH <= place.latitude <= NORTH and -180 <= place.longitude <= 180):  # noqa: PLR2004  (degrees)
            message = f"{place.name} at {place.latitude}, {place.longitude} is not on the map."
            raise ValueError(message)
    ordered = sorted(places, key=lambda place: (not place.main, place.name))
    spots = {place: _spot(place.longitude, place.latitude) for place in ordered}
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in spots.values()]
    dots = "".join(_dot(place, *spots[place]) for place in reversed(ordered))
    names = "".join(_name(place, *spots[place], taken) for place in ordered)
    key = "\0".join(f"{place.name},{place.latitude},{place.longitude}" for place in ordered)
    land = path(_outlines(), class_="map-land", fill="#E3DCCF", fill_rule="evenodd")
    return document(
        land,
        g(dots),
        g(names),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        id_=identifier("map", title, key),
        role="group" if any(place.link for place in places) else "img",
        description=", ".join(place.name for place in ordered),
    )


def _spot(longitude: float, latitude: float) -> tuple[float, float]:
    return (longitude + 180) * SCALE, (NORTH - latitude) * SCALE


def _dot(place: Place, x: float, y: float) -> str:
    kind, fill, r = ("map-main", "#B4472B", 5.5) if place.main else ("map-dot", "#1F6B57", 4.5)
    drawn = g(
        el("title", words(place.name)),
        circle(x, y, r + 5, class_=kind, fill=fill, fill_opacity=0.18),
        circle(x, y, r, class_=kind, fill=fill, stroke="#fff", stroke_width=1.6),
    )
    return el("a", drawn, href=place.link) if place.link else drawn


def _name(place: Place, x: float, y: float, taken: list[tuple[float, float, float, float]]) -> str:
    """Return the name at the first side where it fits; it then takes its room."""
    long = width(place.name) * _TEXT * 0.96
    for dx, dy, anchor in ((10, 4, "start"), (-10, 4, "end"), (0, -11, "middle"), (0, 19, "middle")):
        left = x + dx - {"start": 0, "middle": long / 2, "end": long}[anchor]
        room = (left, y + dy - 9, left + long, y + dy + 3)
        inside = room[0] >= 0 and room[2] <= WIDTH and room[1] >= 0 and room[3] <= HEIGHT
        if inside and not any(_meet(room, other) for other in taken if not _own(other, x, y)):
            taken.append(room)
            return el(
                "text", words(place.name), x=x + dx, y=y + dy, text_anchor=anchor, class_="map-name", fill="#20242E",
                font_size=_TEXT, font_weight=700 if place.main else 500, font_family=FAMILY,
                stroke="#fff", stroke_width=3, stroke_linejoin="round", paint_order="stroke",
            )  # fmt: skip
    return ""


def _own(room: tuple[float, float, float, float], x: float, y: float) -> bool:
    return room == (x - 7, y - 7, x + 7, y + 7)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@lru_cache(maxsize=1)
def _outlines() -> str:
    return "".join(
        "M" + "L".join(f"{number(x)} {number(y)}" for x, y in (_spot(*corner) for corner in land[:-1])) + "Z"
        for land in LANDS.values()
    )
