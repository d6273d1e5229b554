"""Row 37: data of an earlier release is brought up to this one; killed at every commit on the way, the end is the same."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kith.config.ground import postgres, starting
from tests.support import served
from tests.support.commits import dying_at
from tests.support.databases import TestServer

pytestmark = [pytest.mark.fault, pytest.mark.row(37)]
EARLIER = sorted((Path(__file__).with_name("earlier")).glob("*.sql.gz"))
MOST = {"quick": 4, "small": 5, "full": 200}  # kills; then it may run to its end
OF_THE_MOMENT = {"workers", "disk", "mail", "clock", "sending"}  # not of the data


@contextmanager
def earlier(server: TestServer, file: Path, name: str) -> Iterator[str]:
    """Yield the address of a database that an earlier release left behind."""
    server.drop(name)
    with server.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    command = [postgres.binary("psql"), "-Xq", "-h", server.socket, "-U", postgres.USER, "-o", "/dev/null", name]
    subprocess.run(command, input=gzip.decompress(file.read_bytes()), check=True)
    try:
        yield server.url(name)
    finally:
        server.drop(name)


def migrate(url: str, *, home: Path, more: dict[str, str] | None = None) -> int:
    command = [*starting.CHILD, "prepare", "--migrate"]
    return subprocess.run(command, env=served.environment(url, home=home, more=more), check=False).returncode


def schema(server: TestServer, name: str) -> list[str]:
    command = [
        postgres.binary("pg_dump"),
        "-h",
        server.socket,
        "-U",
        postgres.USER,
        "--schema-only",
        "--no-owner",
        name,
    ]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [line for line in lines if not line.startswith(("\\restrict", "\\unrestrict", "--"))]


def counts(server: TestServer, name: str) -> dict[str, int]:
    with server.connect(name) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {
            str(table): int(str((connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() or (0,))[0]))  # noqa: S608
            for (table,) in tables.fetchall()
        }  # fmt: skip


def unwell(url: str, *, home: Path) -> list[str]:
    command = [sys.executable, "-m", "kith.config.cli", "doctor", "--json"]
    said = subprocess.run(command, env=served.environment(url, home=home), check=False, capture_output=True).stdout
    findings = json.loads(said)
    assert len(findings) > 10
    return [one["sentence"] for one in findings if not one["is_well"] and one["name"] not in OF_THE_MOMENT]


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: str(file.name))
def test_data_of_an_earlier_release_comes_up_whole_killed_at_every_commit(
    file: Path, test_server: TestServer, tmp_path: Path, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    with earlier(test_server, file, "upgraded") as url, earlier(test_server, file, "upgraded_killed") as killed:
        before = counts(test_server, "upgraded")
        assert migrate(url, home=tmp_path) == 0
        after = counts(test_server, "upgraded")
        lost = {table for table, rows in before.items() if after.get(table, 0) < rows}
        kills, code = 0, -9
        while code == -9:
            # After the first commit or before the second: each life gets one step done, so every step is a last one.
            more = dying_at(2 - kills % 2, after=kills % 2 == 1) if kills < MOST[check_size] else None
            code = migrate(killed, home=tmp_path, more=more)
            kills += code == -9
        measured(
            f"Upgrade from {file.name}", "row counts kept, check clean, killed at commits: same end",
            f"{len(before)} tables, {len(lost)} lost rows, {kills} kills",
        )  # fmt: skip
        assert code == 0
        assert lost == set()
        assert schema(test_server, "upgraded_killed") == schema(test_server, "upgraded")
        assert counts(test_server, "upgraded_killed") == after
        assert unwell(url, home=tmp_path) == []
        assert unwell(killed, home=tmp_path) == []


def test_the_control_with_django_s_own_command_a_kill_between_step_and_note_is_for_ever(
    test_server: TestServer, tmp_path: Path
) -> None:
    with test_server.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS upgraded_plain")
        connection.execute("CREATE DATABASE upgraded_plain")
    url, codes = test_server.url("upgraded_plain"), []
    command = [sys.executable, "-m", "django", "migrate", "-v0"]
    try:
        while not codes or codes[-1] == -9:
            more = dying_at(2 - len(codes) % 2, after=len(codes) % 2 == 1)
            environ = served.environment(url, home=tmp_path, more=more)
            codes.append(subprocess.run(command, env=environ, check=False, stderr=subprocess.DEVNULL).returncode)
            assert len(codes) < 60
    finally:
        test_server.drop("upgraded_plain")
    assert codes[-1] == 1


def test_there_is_data_of_an_earlier_release() -> None:
    assert EARLIER
