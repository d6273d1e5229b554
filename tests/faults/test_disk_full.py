"""Row 35: the disk is full; writes fail and say so, reads go on, and with room again everything does."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from kith.commerce.orders.models import Order
from kith.kernel.invariants import INVARIANTS
from tests.faults import buying
from tests.faults.conftest import Machine
from tests.support import served

pytestmark = [pytest.mark.fault, pytest.mark.row(35)]
SIZES = {"quick": 20, "small": 30, "full": 300}  # writes and reads
ROOM = 400  # MiB
WITHOUT_THE_GUARD = """
import django
django.setup()
import kith.config.health.room as room
room.is_full = lambda: False
from kith.config.ground.child import main
main()
"""
UNGUARDED = [sys.executable, "-c", WITHOUT_THE_GUARD]


@pytest.fixture
def machine_home(tmp_path: Path) -> Iterator[Path]:
    """Yield a home on a small file system of its own; skip where none may be mounted."""
    home = tmp_path / "small"
    home.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m,mode=0755", "tmpfs", str(home)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small file system cannot be mounted here (needs root)")
    served.collect_static()
    (home / "static").symlink_to(served.HOME / "static")
    yield home
    subprocess.run(["umount", "-l", str(home)], check=True)


def fill_up(home: Path) -> Path:
    """Write until there is no room at all; return the file that takes it."""
    ballast = home / "ballast"
    for size in (1_048_576, 4096, 1):
        with ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    assert os.statvfs(home).f_bavail == 0
    return ballast


def get(port: int, path: str) -> tuple[int, bytes]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("GET", path)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def test_a_full_disk_refuses_writes_serves_reads_and_says_why(
    machine: Machine, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size = SIZES[check_size]
    crowd = buying.buyers(buying.shop(stock=size + 5), size + 5)
    first, crowd, last = crowd[:4], crowd[4:-1], crowd[-1]
    with served.serving(machine.url, more={"KITH_HOME": str(machine.home)}) as where:
        port = int(where.rpartition(":")[2])
        buying.all_buy(first, port, seconds=30)
        ballast = fill_up(machine.home)
        statuses = [one.ask(port) for one in crowd]
        reads = [get(port, one.path.removesuffix("checkout/"))[0] for one in crowd]
        status, ready = get(port, "/health/ready")
        acknowledged = [where for status, where in statuses if status == 302]
        ballast.unlink()
        last.buy(port, until=float("inf"))
        status_then = get(port, "/health/ready")[0]
    connections.close_all()
    there = {f"/orders/{key}/" for key in Order.objects.values_list("public_id", flat=True)}
    refused = sum(status >= 500 for status, _ in statuses)
    measured(
        "Disk full", "writes 5xx, reads 200, nothing acknowledged is gone, first write with room again succeeds",
        f"{refused} of {size} writes 5xx, {reads.count(200)} of {size} reads 200, "
        f"{len(set(acknowledged) - there)} gone, then {last.order != ''}",
    )  # fmt: skip
    assert {status for status, _ in statuses} == {503}
    assert reads == [200] * size
    assert (status, status_then) == (503, 200)
    assert "The disk is full" in json.loads(ready)["findings"]["disk"]
    assert {one.order for one in [*first, last]} <= there
    assert [name for name, rule in INVARIANTS.items() if list(rule.breaches())] == []


def test_the_control_without_the_guard_nobody_is_told_why(machine: Machine) -> None:
    """Left to itself PostgreSQL takes what still fits into its log, and breaks off the rest, or stops altogether."""
    crowd = buying.buyers(buying.shop(stock=3), 3)
    with served.serving(machine.url, more={"KITH_HOME": str(machine.home)}, command=UNGUARDED) as where:
        port = int(where.rpartition(":")[2])
        fill_up(machine.home)
        assert 503 not in {one.ask(port)[0] for one in crowd}


def test_the_control_with_room_the_same_writes_succeed(machine: Machine) -> None:
    crowd = buying.buyers(buying.shop(stock=5), 5)
    with served.serving(machine.url, more={"KITH_HOME": str(machine.home)}) as where:
        port = int(where.rpartition(":")[2])
        assert {one.ask(port)[0] for one in crowd} == {302}
        assert get(port, "/health/ready")[0] == 200
