"""Web processes of a bench: those of `kith serve`, on the bench's database and a new home."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from kith.config.ground import processes, starting, supervisor

HOST = "127.0.0.1"
SETTINGS = "kith.config.benches.settings"  # Kith's, and the plain page
GRACE = 15.0


@dataclass(frozen=True)
class Served:
    """Running processes: the port they answer on, and their numbers."""

    port: int
    pids: tuple[int, ...]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """Return the address of this process's database, in the words of `KITH_DATABASE_URL`."""
    at = connection.settings_dict
    who = quote(at["USER"] or "", safe="") + (f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else "")
    query = [f"host={quote(at['HOST'], safe='')}"] if at["HOST"] else []
    query += [f"port={at['PORT']}"] if at["PORT"] else []
    return f"postgresql://{who}@/{quote(str(at['NAME']), safe='')}?{'&'.join(query)}"


def clean_environment(**more: str) -> dict[str, str]:
    """Return this process's environment without any of its Kith's own settings, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    return {**kept, **more}


@contextmanager
def new_home() -> Iterator[Path]:
    """Make an empty data folder and remove it after the block."""
    folder = Path(tempfile.mkdtemp(prefix="kith-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(command: list[str], *, environ: Mapping[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a process for the length of the block; it ends with this process, however that dies."""
    process = processes.start(command, environment=environ)
    try:
        yield process
    finally:
        processes.stop(process, with_signal=signal.SIGTERM, grace=GRACE)


@contextmanager
def serving(*, web: int = 2) -> Iterator[Served]:
    """Run `web` web processes on the bench's database; return once each of them answers."""
    port = free_port()
    with ExitStack() as stack:
        home = stack.enter_context(new_home())
        environ = clean_environment(
            DJANGO_SETTINGS_MODULE=SETTINGS, KITH_HOME=str(home), KITH_DATABASE_URL=database_url(),
            KITH_URL=f"http://localhost:{port}",
        )  # fmt: skip
        static = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
        subprocess.run(static, env=environ, check=True)  # noqa: S603  (the command is ours)
        command = [*starting.CHILD, "web", "--host", HOST, "--port", str(port)]
        started = [stack.enter_context(running(command, environ=environ)) for _ in range(web)]
        wait_ready(started, port=port)
        yield Served(port, tuple(one.pid for one in started))


def wait_ready(started: "list[subprocess.Popen[bytes]]", *, port: int, seconds: float = 60) -> None:
    """Wait until each process listens on `port` and answers; `RuntimeError` where one ends or takes too long."""

    def ready() -> bool:
        if any(one.poll() is not None for one in started):
            raise RuntimeError("A process of the bench ended as it started; its reason stands above.")
        return listening(port) >= len(started) and supervisor.answers(host=HOST, port=port)

    if not processes.wait_until(ready, seconds=seconds):
        raise RuntimeError(f"Nobody answers on port {port}.")


def listening(port: int) -> int:
    """Return how many sockets listen on a port of this machine."""
    wanted = f":{port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(wanted) and row[3] == "0A" for row in rows)
