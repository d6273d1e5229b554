"""The rows of a whole installation: memory of idle processes, how long a start takes, how long a big organization."""

import http.client
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

from kith.config.benches.measuring import Beside, Row, row_of
from kith.config.benches.served import (
    HOST,
    clean_environment,
    database_url,
    free_port,
    new_home,
    running,
    serving,
)
from kith.config.ground import processes, starting, supervisor

IDLE_MB = 90.0
SECOND_START, FIRST_START = 2.0, 30.0
STARTS = 3
DEMO_PEOPLE, DEMO_SECONDS = 270_000, 180.0
PATIENCE = 1800.0
_SETTLE = 2.0  # seconds after which a process that began is idle
_BARE = "import django, time; django.setup(); import kith.config.urls; print('ready', flush=True); time.sleep(3600)"


def pss_mb(pid: int) -> float:
    """Return the memory of a process, its share of what it shares with others counted (PSS), in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def _bare_mb(home: Path) -> float:
    """Return the memory of Django with the same apps and nothing else."""
    environ = clean_environment(
        DJANGO_SETTINGS_MODULE="kith.config.settings", KITH_HOME=str(home), KITH_DATABASE_URL=database_url()
    )
    process = subprocess.Popen([sys.executable, "-c", _BARE], env=environ, stdout=subprocess.PIPE)  # noqa: S603
    try:
        if process.stdout is None or b"ready" not in process.stdout.readline():
            raise RuntimeError("Django does not start.")
        return pss_mb(process.pid)
    finally:
        processes.stop(process, with_signal=signal.SIGTERM, grace=5)


def _row(name: str, *, n: int, ours: float, limit: float) -> Row:
    beside = (Beside("MB", round(ours, 1), IDLE_MB),)
    return row_of(name=name, n=n, goal=round(IDLE_MB / limit, 2), unit="MB", ours=[ours], limit=[limit], beside=beside)


def idle_web(n: int) -> Row:
    """Measure the bigger of two web processes that have answered their first pages."""
    with serving() as served, new_home() as home:
        for _ in range(40):
            link = http.client.HTTPConnection(HOST, served.port, timeout=30)
            link.request("GET", "/sign-in/", headers={"Host": "localhost"})
            link.getresponse().read()
            link.close()
        time.sleep(_SETTLE)
        ours = max(pss_mb(pid) for pid in served.pids)
        return _row("idle-web", n=n, ours=ours, limit=_bare_mb(home))


def idle_worker(n: int) -> Row:
    """Measure a background worker that has nothing to do, after its ticks have run."""
    with new_home() as home:
        environ = clean_environment(
            DJANGO_SETTINGS_MODULE="kith.config.settings", KITH_HOME=str(home), KITH_DATABASE_URL=database_url()
        )
        with running([*starting.CHILD, "work"], environ=environ) as worker:
            if not processes.wait_until(lambda: _has_worked() or worker.poll() is not None, seconds=60, pause=0.2):
                raise RuntimeError("The worker does not begin.")
            time.sleep(2 * _SETTLE)
            ours = pss_mb(worker.pid)
            return _row("idle-worker", n=n, ours=ours, limit=_bare_mb(home))


def _has_worked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_tickstate")
        return bool(cursor.fetchone()[0])


@contextmanager
def _up(home: Path, *words: str) -> Iterator[float]:
    """Run `kith up` on a home until the block ends; yield the seconds until its first page."""
    port = free_port()
    environ = clean_environment(KITH_HOME=str(home))
    command = [sys.executable, "-m", "kith.config.cli", "up", "--port", str(port), *words]
    begun = time.perf_counter()
    process = processes.start(command, environment=environ, output=subprocess.DEVNULL)
    try:
        answered = processes.wait_until(
            lambda: process.poll() is not None or supervisor.answers(host=HOST, port=port), seconds=PATIENCE
        )
        if not answered or process.poll() is not None:
            raise RuntimeError("`kith up` ended before its first page.")
        yield time.perf_counter() - begun
    finally:
        processes.stop(process, with_signal=signal.SIGTERM, grace=60)


def _bare_start() -> float:
    """Return how long Python needs to be ready with the same apps."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", "import django; django.setup(); import kith.config.urls"]
    with new_home() as home:
        environ = clean_environment(DJANGO_SETTINGS_MODULE="kith.config.settings", KITH_HOME=str(home))
        subprocess.run(command, env=environ, check=True)  # noqa: S603  (the command is ours)
    return time.perf_counter() - begun


def set_up(n: int) -> Row:
    """Start with `kith up` in a fresh home, then again and again; until the first page each time."""
    with new_home() as home:
        with _up(home, "--empty") as first:
            pass
        again, bare = [], []
        for _ in range(STARTS):
            bare.append(_bare_start())
            with _up(home) as seconds:
                again.append(seconds)
    goal = round(SECOND_START / statistics.median(bare), 2)
    beside = (
        Beside("second start", round(statistics.median(again), 2), SECOND_START),
        Beside("first start", round(first, 1), FIRST_START),
    )
    return row_of(name="set-up", n=n, goal=goal, ours=again, limit=bare, beside=beside)


def up_people(n: int) -> Row:
    """Generate an organization of `n` people with `kith up`, against COPY of as many persons, ties and assignments."""
    with new_home() as home, _up(home, "--people", str(n)) as seconds:
        disk = sum(_size(path) for path in home.rglob("*"))
    beside = (
        Beside("seconds", round(seconds, 1), DEMO_SECONDS * max(1.0, n / DEMO_PEOPLE)),
        Beside("disk GB", round(disk / 1e9, 2), 100.0),
    )
    bare = _copy(n)
    return row_of(
        name="up-people", n=n, goal=round(DEMO_SECONDS / bare, 1), ours=[seconds], limit=[bare], beside=beside
    )


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.lstat().st_size
    return 0


def _copy(n: int) -> float:
    """Return the seconds of COPY for the rows of as many people, with their indexes: person, tie, assignment."""
    seconds = 0.0
    with connection.cursor() as cursor:
        for table in ("people_person", "people_tie", "people_assignment"):
            cursor.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
            with cursor.copy(f"COPY (SELECT * FROM {table} LIMIT {n}) TO STDOUT") as copy:  # noqa: S608  (names and a number)
                rows = b"".join(bytes(block) for block in copy)
            begun = time.perf_counter()
            with cursor.copy("COPY bench_copy FROM STDIN") as copy:
                copy.write(rows)
            seconds += time.perf_counter() - begun
            cursor.execute("DROP TABLE bench_copy")
    return seconds


BENCHES: dict[str, Callable[[int], Row]] = {
    "idle-web": idle_web,
    "idle-worker": idle_worker,
    "set-up": set_up,
    "up-people": up_people,
}
