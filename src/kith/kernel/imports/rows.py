"""A row as it was read: where it stood, what its cells hold, or why it cannot be read."""

from dataclasses import dataclass, field

MOST_CELL = 500_000
MOST_RECORD = 4_000_000
MOST_RECORD_LINES = 500
MOST_COLUMNS = 1_000


@dataclass(slots=True)
class Row:
    """One row of a source.

    `line` counts from 1: the physical line in a text file, the row of a sheet, the record of a Parquet file.
    `cells` maps column to raw value. A row with a `problem` has no cells and becomes a reject as it stands.
    """

    line: int
    cells: dict[str, object] = field(default_factory=dict)
    problem: str = ""
    sample: str = ""


def shortened(value: object, longest: int = 80) -> str:
    """Return a value for a report: one line, at most `longest` characters."""
    text = str(value)[: longest * 2]
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
