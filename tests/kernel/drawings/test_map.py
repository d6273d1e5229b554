"""The map has its places where they are, and names where there is room."""

import itertools

import pytest

from kith.kernel.drawings.continents import LANDS
from kith.kernel.drawings.map import HEIGHT, WIDTH, Place, world_map
from tests.kernel.drawings.pictures import faults, named, words

HANOI = Place("Hà Nội", 21.03, 105.85, main=True)
HAMBURG = Place("Hamburg <North>", 53.55, 10.0)


def on_land(longitude: float, latitude: float) -> bool:
    inside = False
    for land in LANDS.values():
        for (ax, ay), (bx, by) in itertools.pairwise(land):
            if (ay > latitude) != (by > latitude) and longitude < ax + (latitude - ay) * (bx - ax) / (by - ay):
                inside = not inside
    return inside


def test_the_lands_are_closed_and_lie_on_the_globe() -> None:
    for name, land in LANDS.items():
        assert land[0] == land[-1], name
        assert all(-180 <= x <= 180 and -60 <= y <= 84 for x, y in land), name


@pytest.mark.parametrize(
    ("place", "longitude", "latitude"),
    [("Hà Nội", 105, 21), ("Beijing", 116, 40), ("Berlin", 13, 52), ("Nairobi", 37, -1), ("Chicago", -88, 41),
     ("Brasília", -48, -16), ("Alice Springs", 134, -24), ("Delhi", 77, 28), ("Warsaw", 21, 52), ("Kansas", -98, 38)],
)  # fmt: skip
def test_inland_cities_are_on_land(place: str, longitude: float, latitude: float) -> None:
    assert on_land(longitude, latitude), place


@pytest.mark.parametrize(
    ("sea", "longitude", "latitude"),
    [("Atlantic", -35, 30), ("Pacific", -150, 0), ("Indian Ocean", 75, -20), ("Mediterranean", 18, 35),
     ("Caspian", 51, 40), ("Hudson Bay", -86, 59), ("South China Sea", 114, 14), ("Black Sea", 34, 43)],
)  # fmt: skip
def test_seas_are_not(sea: str, longitude: float, latitude: float) -> None:
    assert not on_land(longitude, latitude), sea


def test_a_dot_stands_at_its_coordinates() -> None:
    [dot, *_] = [c for c in named(world_map(places=[HANOI], title="Sites"), "circle") if c.get("stroke")]

    assert (float(dot.attrib["cx"]), float(dot.attrib["cy"])) == (571.7, 113.94)
    assert (WIDTH, HEIGHT) == (720, 270)


def test_places_are_named_for_everybody() -> None:
    svg = world_map(places=[HAMBURG, HANOI], title="Our sites")

    assert list(faults(svg)) == []
    assert words(svg) == ["Hà Nội", "Hamburg <North>"]
    assert [title.text for title in named(svg, "title")] == ["Our sites", "Hamburg <North>", "Hà Nội"]
    assert [desc.text for desc in named(svg, "desc")] == ["Hà Nội, Hamburg <North>"]


def test_a_crowd_of_places_writes_only_names_that_do_not_meet() -> None:
    crowd = [Place(f"Place {n}", 21 + n * 0.3, 105 + n * 0.3) for n in range(12)]
    svg = world_map(places=crowd, title="Crowd")

    assert 1 <= len(words(svg)) < 12
    assert len([c for c in named(svg, "circle") if c.get("stroke")]) == 12


def test_with_links_the_picture_is_a_group_for_screen_readers() -> None:
    plain = world_map(places=[HANOI], title="x")
    linked = world_map(places=[Place("Huế", 16.5, 107.6, link="/people/sites/hue/")], title="x")

    assert 'role="img"' in plain
    assert 'role="group"' in linked
    assert [a.attrib["href"] for a in named(linked, "a")] == ["/people/sites/hue/"]


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (-70, 0), (0, 181), (float("nan"), 0)])
def test_a_place_off_the_map_is_a_mistake(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="is not on the map"):
        world_map(places=[Place("Nowhere", latitude, longitude)], title="x")


def test_a_map_without_places_is_a_map() -> None:
    assert list(faults(world_map(places=[], title="x"))) == []
