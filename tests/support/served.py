"""Real web and worker processes on a test's database, as `kith serve` and `kith work` run them."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kith.config.ground import processes, starting, state, supervisor

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = CHECKOUT / "var" / "test" / "served"  # keeps the collected static files from one session to the next


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database_url: str, *, home: Path = HOME, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a process on `database_url`: no setting of the developer's own gets in."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    return {
        **clean,
        "DJANGO_SETTINGS_MODULE": "kith.config.settings",
        "KITH_HOME": str(home),
        "KITH_DATABASE_URL": database_url,
        **(more or {}),
    }


def collect_static() -> None:
    """Collect the static files into `HOME` unless they are there already; one session at a time."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "collecting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not starting.static_is_old(HOME):
            return
        subprocess.run(
            [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0", "--clear"],
            env=environment("postgresql://nobody@/none?host=/nowhere"),
            check=True,
        )
        state.static_stamp(HOME).write_text(state.static_digest())


@contextmanager
def serving(
    database_url: str, *, more: Mapping[str, str] | None = None, command: Sequence[str] = starting.CHILD
) -> Iterator[str]:
    """Run a web process (`command` is what runs it) and yield its address."""
    collect_static()
    port = free_port()
    environ = environment(database_url, more={"KITH_URL": f"http://localhost:{port}", **(more or {})})
    whole = [*command, "web", "--host", "127.0.0.1", "--port", str(port)]
    with running(whole, environ=environ) as process:
        assert processes.wait_until(
            lambda: process.poll() is not None or supervisor.answers(host="127.0.0.1", port=port),
            seconds=180,
            pause=0.05,
        )
        assert process.poll() is None, "the web process ended; its reason stands above"
        yield f"http://localhost:{port}"


@contextmanager
def working(database_url: str, *, home: Path = HOME, more: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run a worker process beside the block."""
    with running([*starting.CHILD, "work"], environ=environment(database_url, home=home, more=more)):
        yield


@contextmanager
def running(command: list[str], *, environ: Mapping[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a process beside the block and end it gently."""
    process = subprocess.Popen(command, env=dict(environ), stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
