import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kith.config.ground import processes

SUPERVISOR = """
import os, sys
from kith.config.ground.tree import Child, Tree
child = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n'); time.sleep(float(sys.argv[2]))"
tree = Tree(environment=dict(os.environ))
tree.start([Child(name, [sys.executable, "-c", child, os.path.join(sys.argv[1], name), sys.argv[2]]) for name in "ab"])
print("started", flush=True)
tree.watch()
tree.stop()
print("stopped", flush=True)
"""


def pids(folder: Path, name: str) -> list[int]:
    try:
        return [int(line) for line in (folder / name).read_text().split()]
    except FileNotFoundError:
        return []


def supervise(folder: Path, *, seconds: float) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(folder), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    assert processes.wait_until(lambda: all(pids(folder, name) for name in "ab"), seconds=10)
    return process


def test_a_killed_child_is_started_again_and_the_others_stay(tmp_path: Path) -> None:
    process = supervise(tmp_path, seconds=60)
    first = pids(tmp_path, "a")
    os.kill(first[0], signal.SIGKILL)
    assert processes.wait_until(lambda: len(pids(tmp_path, "a")) == 2, seconds=5)
    assert len(pids(tmp_path, "b")) == 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0


def test_a_child_that_ends_at_once_is_not_started_in_a_hot_loop(tmp_path: Path) -> None:
    process = supervise(tmp_path, seconds=0)
    time.sleep(2)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=10)
    assert 3 <= len(pids(tmp_path, "a")) <= 8


def test_one_signal_ends_all_cleanly(tmp_path: Path) -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        folder = tmp_path / sign.name
        folder.mkdir()
        process = supervise(folder, seconds=60)
        process.send_signal(sign)
        out, _ = process.communicate(timeout=10)
        assert (process.returncode, out) == (0, "stopped\n")
        assert not any(processes.is_alive(pid) for name in "ab" for pid in pids(folder, name))


def test_no_child_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    process = supervise(tmp_path, seconds=60)
    children = pids(tmp_path, "a") + pids(tmp_path, "b")
    process.kill()
    process.wait()
    assert processes.wait_until(lambda: not any(map(processes.is_alive, children)), seconds=5)
