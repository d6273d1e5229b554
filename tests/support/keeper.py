"""Keeps the PostgreSQL of the tests: runs it for as long as somebody tests, and a while longer.

Run as a program with the server's home. Testers hold a shared lock on `users`; once nobody has for `IDLE`
seconds, the server ends. Nothing here outlives a killed machine, so nothing is synced to disk.
"""

import fcntl
import shutil
import sys
import time
from pathlib import Path

from kith.config.ground import postgres

IDLE = 20  # seconds
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


def keep(home: Path) -> None:
    """Run the server until nobody needs it."""
    try:
        _run(home)
    except postgres.DatabaseDownError:
        shutil.rmtree(home / "pg18", ignore_errors=True)  # a stopped machine may have spoilt it; it is only a cache
        _run(home)


def _run(home: Path) -> None:
    with postgres.embedded(home, settings=SETTINGS), (home / "users").open("w") as users:
        idle = 0
        while idle < IDLE:
            time.sleep(1)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                idle = 0
            else:
                idle += 1
                if idle < IDLE:
                    fcntl.flock(users, fcntl.LOCK_UN)
        # The lock is kept to the end: who comes now waits until the server is gone and starts a new one.


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
