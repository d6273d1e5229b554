"""A worker's place on this machine: a locked file that tells the next one who died here."""

import fcntl
import hashlib
import json
import os
from pathlib import Path

from kith.config import environment

MOST = 64  # workers of one home on one machine


class Slot:
    """The first free of the numbered files in `home/workers`, held as long as this process lives.

    `dead` are the queue's worker ids that the last holder had in the same database: it is dead, since its lock
    is free, so their jobs can be taken back at once instead of after a heartbeat's patience.
    """

    def __init__(self, home: Path) -> None:
        """Take a place."""
        folder = home / "workers"
        folder.mkdir(parents=True, exist_ok=True)
        self._descriptor = self._take(folder)
        self._database = hashlib.sha256(repr(environment.database()).encode()).hexdigest()[:16]
        self.dead = self._read()

    def write(self, ids: list[int]) -> None:
        """Say which worker ids are this process."""
        content = json.dumps({"database": self._database, "ids": ids}).encode()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, content, 0)

    def close(self) -> None:
        """Leave the place, with no ids behind."""
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)

    def _read(self) -> list[int]:
        try:
            found = json.loads(os.pread(self._descriptor, 4096, 0) or b"{}")
        except ValueError:
            return []
        return [int(number) for number in found.get("ids", [])] if found.get("database") == self._database else []

    @staticmethod
    def _take(folder: Path) -> int:
        for number in range(1, MOST + 1):
            descriptor = os.open(folder / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
            else:
                return descriptor
        raise environment.WrongSettingError(f"{MOST} workers already run on {folder.parent}; use another KITH_HOME.")
