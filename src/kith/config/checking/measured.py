"""The figures that fault tests measured, written down with their date: `docs/measured.md`, `docs/reliability.md`."""

import json
import os
import platform
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from kith.config.checking.steps import FOLDER
from kith.config.environment import REPOSITORY

FIGURES = FOLDER / "measured.jsonl"
PAGE = REPOSITORY / "docs" / "measured.md"
TABLE = REPOSITORY / "docs" / "reliability.md"
HEADING = "## Faults"
_ROW = re.compile(r"^\| (\d+) \|")


class Figure(TypedDict):
    """One figure: the rows of the reliability table it belongs to, the fault, what is promised, what came out."""

    rows: list[int]
    name: str
    promised: str
    figure: str


def forget() -> None:
    """Begin a new run: figures of the last one are not this one's."""
    FIGURES.unlink(missing_ok=True)


def read(path: Path) -> list[Figure]:
    """Return the figures of a run, in the order in which they were measured; none where there is no such file."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def write(*, at: datetime) -> Path | None:
    """Write this run's figures into their section of the page and into the table; nothing where none was measured."""
    figures = read(FIGURES)
    if not figures:
        return None
    PAGE.write_text(with_section(PAGE.read_text() if PAGE.exists() else "# Measured\n", figures, at=at))
    if TABLE.exists():
        TABLE.write_text(with_figures(TABLE.read_text(), figures, at=at))
    return PAGE


def with_section(page: str, figures: Sequence[Figure], *, at: datetime) -> str:
    """Return `page` with its section of faults made anew; what others wrote into the page stays."""
    on = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    section = [
        HEADING,
        "",
        f"Fault families at their stated size (`kith check --full`), {at:%Y-%m-%d}, {on}.",
        "",
        "| row | fault | promised | measured |",
        "|---|---|---|---|",
    ]
    for each in sorted(figures, key=lambda one: one["rows"] or [99]):
        rows = ", ".join(map(str, each["rows"]))
        section.append(f"| {rows} | {each['name']} | {each['promised']} | {each['figure']} |")
    before, _, rest = page.partition(f"\n{HEADING}\n")
    after = re.search(r"^## .*", rest, re.MULTILINE | re.DOTALL)
    parts = [before.rstrip("\n"), "\n".join(section), after[0].rstrip("\n") if after else ""]
    return "\n\n".join(part for part in parts if part) + "\n"


def with_figures(table: str, figures: Sequence[Figure], *, at: datetime) -> str:
    """Return `table` with the last cell of each measured row replaced by its figures and the day."""
    lines = table.split("\n")
    for number, line in enumerate(lines):
        found = _ROW.match(line)
        mine = [one for one in figures if found and int(found[1]) in one["rows"]]
        if mine:
            said = "; ".join(f"{one['name']}: {one['figure']}" for one in mine)
            lines[number] = f"{line.rstrip(' |').rpartition('|')[0].rstrip()} | {at:%Y-%m-%d}: {said} |"
    return "\n".join(lines)
