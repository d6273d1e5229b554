"""The figures that fault tests measured, written down with their date: `docs/measured.md`."""

import json
import os
import platform
from datetime import datetime
from pathlib import Path

from kith.config.checking.steps import FOLDER
from kith.config.environment import REPOSITORY

FIGURES = FOLDER / "measured.jsonl"
PAGE = REPOSITORY / "docs" / "measured.md"


def forget() -> None:
    """Begin a new run: figures of the last one are not this one's."""
    FIGURES.unlink(missing_ok=True)


def write(*, at: datetime) -> Path | None:
    """Write the page from this run's figures; nothing where none was measured."""
    if not FIGURES.exists():
        return None
    rows = [json.loads(line) for line in FIGURES.read_text().splitlines()]
    lines = [
        "# What was measured",
        "",
        f"`kith check --full` on {at:%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}.",
        "",
        "| fault | promised | measured |",
        "|---|---|---|",
        *(f"| {row['name']} | {row['promised']} | {row['figure']} |" for row in rows),
    ]
    PAGE.write_text("\n".join(lines) + "\n")
    return PAGE
