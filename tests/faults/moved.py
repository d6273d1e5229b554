"""The clock of processes under test: a file that moves it, and how to move it on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class Moved:
    """A clock that goes on from an instant of the test's choice; `by` moves it while processes run."""

    def __init__(self, file: Path, *, to: datetime) -> None:
        self.file = file
        self.offset = to - datetime.now(UTC)
        self._write()

    def now(self) -> datetime:
        """Return what the moved clock shows."""
        return datetime.now(UTC) + self._written

    def by(self, step: timedelta) -> None:
        """Move it on, or back."""
        self.offset += step
        self._write()

    def _write(self) -> None:
        seconds = int(self.offset.total_seconds())
        self._written = timedelta(seconds=seconds)
        new = self.file.with_suffix(".new")
        new.write_text(f"{'-' if seconds < 0 else '+'}{abs(seconds)}s")
        new.replace(self.file)
