"""One Kith per home: an advisory lock on the data folder, shared with the database server it guards."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kith.config.ground import processes


class HomeInUseError(Exception):
    """Another process works on this home; the sentence names it."""


@contextmanager
def locked(home: Path, *, patience: float = 30.0) -> Iterator[int]:
    """Hold the lock of `home` and yield its file descriptor.

    The descriptor is handed to PostgreSQL, so the lock outlives a killed supervisor exactly as long as its
    database runs. A holder that is alive refuses at once (`HomeInUseError`); a dying one is waited for,
    `patience` seconds at most.
    """
    home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, home=home, patience=patience)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int, *, home: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode().strip()
            if holder.isdigit() and processes.is_alive(int(holder)):
                raise HomeInUseError(f"Kith already runs on {home} (process {holder}); stop it first.") from None
            if time.monotonic() > end:
                raise HomeInUseError(f"The database under {home} is still ending; try again in a moment.") from None
            time.sleep(0.05)
        else:
            return
