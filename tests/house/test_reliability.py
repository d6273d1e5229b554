"""docs/reliability.md names every row of the promises, and only tests that exist."""

import re
from pathlib import Path

from kith.config.checking import measured
from kith.config.checking.measured import Figure
from kith.kernel import clock

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "reliability.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def rows() -> dict[int, list[str]]:
    found = [line.strip("| ").split(" | ") for line in TABLE.read_text().splitlines() if re.match(r"\| \d+ \|", line)]
    return {int(cells[0]): cells for cells in found}


def test_every_row_of_the_promises_is_there_with_all_its_cells() -> None:
    assert sorted(rows()) == list(range(1, 41))
    assert {number: len(cells) for number, cells in rows().items() if len(cells) != 7} == {}


def test_every_test_that_is_named_exists() -> None:
    gone = []
    for path, name in _NAMED.findall(TABLE.read_text()):
        file = ROOT / path
        if not file.exists() or (name and f"def {name}(" not in file.read_text()):
            gone.append(f"{path}::{name}")
    assert gone == []


def test_a_figure_goes_into_its_rows_and_into_its_section_and_nothing_else_changes() -> None:
    figure: Figure = {"rows": [7], "name": "Killed", "promised": "0 lost", "figure": "0 lost of 10"}
    at = clock.read("2026-11-25T10:00:00Z", real=clock.now())
    table = "| row | a | b |\n|---|---|---|\n| 6 | x | not yet |\n| 7 | y | not yet |\n"
    assert measured.with_figures(table, [figure], at=at) == table.replace(
        "| 7 | y | not yet |", "| 7 | y | 2026-11-25: Killed: 0 lost of 10 |"
    )
    page = "# Measured\n\nours\n\n## Faults\n\nold\n\n## Speed\n\ntheirs\n"
    new = measured.with_section(page, [figure], at=at)
    assert new.startswith(
        "# Measured\n\nours\n\n## Faults\n\nFault families at their stated size (`kith check --full`), 2026-11-25"
    )
    assert new.endswith("| 7 | Killed | 0 lost | 0 lost of 10 |\n\n## Speed\n\ntheirs\n")
    assert measured.with_section(new, [figure], at=at) == new
