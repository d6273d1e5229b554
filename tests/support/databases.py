"""Databases for tests: one server for everybody, one template by the hash of the migrations, a clone for each session."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from kith.config.ground import postgres, processes, state

KEEPER = Path(__file__).with_name("keeper.py")
_TEMPLATE_LOCK = 0x74657374
_TEMPLATES_KEPT = 3


class TestServer:
    """The running server: makes, renews and drops databases."""

    __test__ = False

    def __init__(self, home: Path) -> None:
        self.socket = str(postgres.socket_folder(home))

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host=self.socket, user=postgres.USER, dbname=database, autocommit=True)

    def url(self, database: str) -> str:
        return f"postgresql://{postgres.USER}@/{database}?host={self.socket}"

    def clone(self, name: str, *, template: str) -> None:
        """Make database `name` anew as a copy of `template`, cutting whoever is connected to it."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )

    def drop(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def template(self, digest: str) -> Iterator[tuple[str, bool]]:
        """Yield the name of the template and whether it must be filled under that name first; one session fills it."""
        name = f"template_{digest[:16]}"
        draft = f"building_{name}"
        with self.connect() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            self._sweep(connection)
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                yield name, False
                return
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            yield draft, True
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
            )

    def _sweep(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        """Drop clones of sessions that were killed, and all but the newest templates."""
        rows = connection.execute("SELECT datname, oid FROM pg_database ORDER BY oid DESC").fetchall()
        names = [str(row[0]) for row in rows]
        gone = [name for name in names if name.startswith("test_") and not processes.is_alive(int(name.split("_")[1]))]
        old = [name for name in names if name.startswith("template_")][_TEMPLATES_KEPT:]
        for name in [*gone, *old]:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def running(home: Path) -> Iterator[TestServer]:
    """Yield the server of `home`, started if nobody did; it stays while anybody is in such a block."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with (home / "starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not _answers(home):
                _start_keeper(home)
        yield TestServer(home)


def _answers(home: Path) -> bool:
    try:
        TestServer(home).connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _start_keeper(home: Path) -> None:
    (home / "log").mkdir(exist_ok=True)
    with (home / "log" / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, str(KEEPER), str(home)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/",
        )  # fmt: skip
    while not _answers(home):
        if keeper.poll() is not None:
            sentence = f"The tests' PostgreSQL does not start; see {home / 'log'}."
            raise RuntimeError(sentence)
        time.sleep(0.05)


def digest_of_tables() -> str:
    """Return what the template is named by: the migrations of this checkout.

    Settings other than the project's own (a part of its apps, tables without migrations) share with nobody.
    """
    if os.environ["DJANGO_SETTINGS_MODULE"] == "tests.settings":
        return state.migrations_digest()
    return f"{os.getpid()}"


def name_of_clone(worker: str) -> str:
    """Return the name of this process's database; it tells whose it is."""
    return f"test_{os.getpid()}_{worker}"
