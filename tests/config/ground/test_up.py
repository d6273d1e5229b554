import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from kith.config.ground import postgres, processes, supervisor
from tests.support import served

pytestmark = [pytest.mark.fault, pytest.mark.row(4)]
Measured = Callable[[str, str, str], None]


def start(home: Path, port: int, *more: str) -> "subprocess.Popen[str]":
    environ = served.environment("", home=home)
    del environ["KITH_DATABASE_URL"]
    command = [sys.executable, "-m", "kith.config.cli", "up", "--empty", "--port", str(port), *more]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def answers(port: int) -> bool:
    return supervisor.answers(host="127.0.0.1", port=port)


def database_answers(home: Path) -> bool:
    try:
        psycopg.connect(host=str(postgres.socket_folder(home)), user="kith", dbname="kith").close()
    except psycopg.OperationalError:
        return False
    return True


def seconds_until(condition: Callable[[], bool], *, at_most: float) -> float:
    begun = time.monotonic()
    assert processes.wait_until(condition, seconds=at_most, pause=0.02)
    return time.monotonic() - begun


def children_of(pid: int) -> dict[int, str]:
    """Return every descendant's number and command."""
    found: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, IndexError):
                continue
            if parent == pid:
                found |= {int(entry.name): command, **children_of(int(entry.name))}
    return found


def child(pid: int, word: str) -> int:
    return next(number for number, command in sorted(children_of(pid).items()) if word in command)


@contextmanager
def up(home: Path, port: int) -> "Iterator[subprocess.Popen[str]]":
    process = start(home, port)
    try:
        assert processes.wait_until(lambda: process.poll() is not None or answers(port), seconds=120)
        assert process.poll() is None, process.communicate()[0]
        assert processes.wait_until(
            lambda: any("child work" in one for one in children_of(process.pid).values()), seconds=20
        )
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def port() -> int:
    return served.free_port()


@pytest.mark.alone
def test_a_killed_supervisor_takes_everything_with_it_and_the_next_start_is_quick(
    home: Path, port: int, measured: Measured
) -> None:
    with up(home, port) as process:
        family = children_of(process.pid)
        assert len(family) > 5
        process.kill()
        process.wait()
        gone = seconds_until(lambda: not any(map(processes.is_alive, family)), at_most=15)
    begun = time.monotonic()
    with up(home, port):
        again = time.monotonic() - begun
    measured("supervisor killed", "everything ends", f"all gone after {gone:.1f} s")
    measured("second start", "2 s", f"{again:.1f} s to the first page and the worker")
    assert again < 10


def test_ctrl_c_ends_everything_cleanly(home: Path, port: int) -> None:
    with up(home, port) as process:
        family = children_of(process.pid)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "Traceback" not in out
        assert not any(map(processes.is_alive, family))
    assert "database system is shut down" in (home / "log" / "postgres.log").read_text().splitlines()[-1]


@pytest.mark.parametrize("word", ["child web", "child work", "bin/postgres -D"])
def test_a_killed_part_comes_back_by_itself(word: str, home: Path, port: int, measured: Measured) -> None:
    with up(home, port) as process:
        victim = child(process.pid, word)
        os.kill(victim, signal.SIGKILL)
        back = seconds_until(
            lambda: any(word in one for number, one in children_of(process.pid).items() if number != victim), at_most=20
        )
        page = seconds_until(lambda: answers(port), at_most=20)
        assert processes.wait_until(lambda: database_answers(home), seconds=20)
        measured(
            f"{word.rsplit(maxsplit=1)[-1]} killed",
            "comes back by itself",
            f"process {back:.1f} s, page {back + page:.1f} s",
        )


def test_a_second_start_on_the_same_home_is_refused_in_one_sentence(home: Path, port: int) -> None:
    with up(home, port) as process:
        second = start(home, served.free_port())
        out, _ = second.communicate(timeout=20)
        assert second.returncode == 2
        assert out == f"Kith already runs on {home} (process {process.pid}); stop it first.\n"


def test_a_taken_port_is_named(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        process = start(home, taken)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert f"port {taken}" in out
    assert "--port" in out
