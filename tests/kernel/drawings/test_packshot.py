"""Packshots are the same every time, safe under a strict policy, and show their label."""

import os
import subprocess
import sys

import pytest

from kith.kernel.drawings.motifs import Motif
from kith.kernel.drawings.packshot import Shape, packshot
from kith.kernel.drawings.palettes import PALETTES, palette_for
from kith.kernel.drawings.svg import Dice
from tests.kernel.drawings.pictures import faults, named, words


def drawn(shape: Shape = Shape.CAN, *, seed: str = "chai", label: str = "Trà sen", **more: Motif) -> str:
    return packshot(seed=seed, shape=shape, palette=PALETTES["tea"], label=label, **more)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_every_shape_is_safe_small_and_titled(shape: Shape, seed: str) -> None:
    svg = drawn(shape, seed=seed)

    assert list(faults(svg)) == []
    assert len(svg.encode()) < 9_000
    assert [title.text for title in named(svg, "title")] == ["Trà sen"]
    assert " ".join(words(svg)) == "Trà sen"


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("label", ['<script>alert("1")</script>', 'A & B\'s "x" <b>', "x\x00\x07\ud800y", "]]>", ""])
def test_a_label_is_words_and_never_markup(shape: Shape, label: str) -> None:
    svg = drawn(shape, label=label)

    assert list(faults(svg)) == []
    assert (named(svg, "title")[0].text or "") == label.replace("\x00\x07\ud800", "")


@pytest.mark.parametrize("motif", Motif)
def test_every_ornament_can_stand_on_a_label(motif: Motif) -> None:
    assert list(faults(drawn(motif=motif))) == []
    assert drawn(motif=motif) == drawn(motif=motif)


def test_the_same_seed_gives_the_same_picture_in_another_process() -> None:
    program = (
        "from kith.kernel.drawings.packshot import *; from kith.kernel.drawings.palettes import *;"
        "print(''.join(packshot(seed='chai', shape=s, palette=PALETTES['tea'], label='Tea') for s in Shape), end='')"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "42"}
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)

    assert there.stdout == "".join(drawn(shape, label="Tea") for shape in Shape)


def test_seeds_give_different_pictures() -> None:
    assert len({drawn(seed=str(number)) for number in range(40)}) > 20


def test_pictures_on_one_page_do_not_share_identifiers() -> None:
    def identifiers(svg: str) -> set[str]:
        return {
            element.attrib["id"] for name in ("title", "linearGradient", "clipPath") for element in named(svg, name)
        }

    assert identifiers(drawn(seed="a")).isdisjoint(identifiers(drawn(seed="b")))


def test_choices_are_fixed_for_ever() -> None:
    assert Dice("chai").number("motif") == 12932366197379596765
    assert palette_for("chai") == palette_for("chai", tuple(PALETTES))
    assert palette_for("chai", ["gold"]) == PALETTES["gold"]
    assert 450 < sum(Dice(str(n)).chance("coin", 50) for n in range(1000)) < 550
