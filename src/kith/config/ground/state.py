"""What a database already went through: which migrations it has, whose organization it holds. One small table."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kith.config import environment

if TYPE_CHECKING:
    import psycopg

PACKAGE = Path(environment.__file__).resolve().parents[1]
MIGRATIONS = "migrations"  # the digest of the migrations it has
ORGANIZATION = "organization"  # one of the words below
PEOPLE = "people"  # the lines that say how the demo's people sign in with one click

DEMO = "demo"
DEMO_BEGUN = "demo begun"
EMPTY = "empty"  # of an organization that is to be set up, and its address is said at each start
SET_UP = "set up"  # it has an administrator

State = dict[str, str]


class NoAnswerError(Exception):
    """No database answers; the message is the driver's reason."""


def connect() -> "psycopg.Connection[tuple[object, ...]]":
    """Open a connection to the database of the environment, in autocommit; `NoAnswerError` where none answers."""
    import psycopg  # noqa: PLC0415  (a fifth of a second that the first web process does not wait for)

    at = environment.database()
    try:
        return psycopg.connect(
            host=at.host or None,
            port=at.port or None,
            dbname=at.name,
            user=at.user or None,
            password=at.password or None,
            autocommit=True,
            connect_timeout=10,
        )
    except psycopg.OperationalError as error:
        raise NoAnswerError(str(error).strip().splitlines()[0]) from error


def read() -> State:
    """Return what is known; empty for a database Kith never started on."""
    with connect() as connection:
        if connection.execute("SELECT to_regclass('kith_start')").fetchone() != (None,):
            return {str(name): str(value) for name, value in connection.execute("SELECT name, value FROM kith_start")}
    return {}


def write(**values: str) -> None:
    """Remember `values`; each replaces what was there under its name."""
    with connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kith_start (name text PRIMARY KEY, value text NOT NULL)")
        for name, value in values.items():
            connection.execute(
                "INSERT INTO kith_start VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [name, value],
            )


def migrations_digest() -> str:
    """Return the digest of every migration file of Kith and of the versions of what brings its own."""
    digest = hashlib.sha256()
    for name in ("django", "procrastinate"):
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(PACKAGE.glob("*/migrations/*.py")):
        digest.update(f"{path.relative_to(PACKAGE)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def static_digest() -> str:
    """Return the digest of the static files' names, sizes and times."""
    digest = hashlib.sha256(version("django").encode())
    for path in _files(PACKAGE.glob("*/static")):
        found = path.stat()
        digest.update(f"{path.relative_to(PACKAGE)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:32]


def _files(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def static_stamp(home: Path) -> Path:
    """Return the file that holds the digest of the static files collected under `home`."""
    return home / "static-digest"
