"""What fault tests ask for beside the rest: a PostgreSQL of their own that may be killed, filled up or thrown away."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from kith.config.ground import postgres, state
from tests.support.databases import TestServer

ADDRESS = ("NAME", "HOST", "PORT", "USER", "PASSWORD")


class Machine:
    """A server as `kith up` runs it, synced to disk; Django's connection of this test goes there."""

    def __init__(self, server: postgres.Server) -> None:
        self.server = server
        self.home = server.home

    @property
    def url(self) -> str:
        return self.server.url()

    def fill(self, tests: TestServer, database: str) -> None:
        """Copy a database of the tests' server, tables and all."""
        dump = subprocess.Popen(
            [postgres.binary("pg_dump"), "-h", tests.socket, "-U", postgres.USER, "--no-owner", database],
            stdout=subprocess.PIPE,
        )
        psql = [postgres.binary("psql"), "-Xq", "-v", "ON_ERROR_STOP=1", "-h", str(self.server.socket)]
        with dump:
            subprocess.run(
                [*psql, "-U", postgres.USER, "-o", "/dev/null", postgres.DATABASE], stdin=dump.stdout, check=True
            )
        assert dump.returncode == 0
        with self.server.connect() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kith_start (name text PRIMARY KEY, value text NOT NULL)")
            connection.execute(
                "INSERT INTO kith_start VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [state.MIGRATIONS, state.migrations_digest()],
            )

    def kill(self) -> None:
        """Stop the server as `pg_ctl stop -m immediate` does: no checkpoint, nothing said to anybody."""
        process = self.server._process
        assert process is not None
        process.send_signal(3)
        process.wait()


def point(values: dict[str, Any]) -> None:
    """Let Django's connection go there."""
    connections.close_all()
    for known in (settings.DATABASES["default"], connections["default"].settings_dict):
        known.update(values)


@pytest.fixture
def machine_home(tmp_path: Path) -> Path:
    """Return the folder of the test's own server; a test may give another."""
    return tmp_path / "home"


@pytest.fixture
def machine(test_server: TestServer, transactional_db: None, machine_home: Path) -> Iterator[Machine]:
    """Yield a PostgreSQL of the test's own with Kith's tables in it."""
    before = {name: connections["default"].settings_dict[name] for name in ADDRESS}
    machine_home.mkdir(parents=True, exist_ok=True)
    with postgres.embedded(machine_home) as server:
        made = Machine(server)
        made.fill(test_server, str(before["NAME"]))
        point(
            {"NAME": postgres.DATABASE, "HOST": str(server.socket), "PORT": "", "USER": postgres.USER, "PASSWORD": ""}
        )
        yield made
        point(before)
