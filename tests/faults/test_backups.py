"""Row 36: backups are taken while people buy; each is restored elsewhere, holds what was acknowledged, sends nothing."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kith.config.ground import postgres, processes
from kith.messaging.mail.models import MailOut, MailState
from tests.faults import buying
from tests.faults.conftest import Machine
from tests.messaging.sink import sinking
from tests.people.make import AT
from tests.support import served

pytestmark = [pytest.mark.fault, pytest.mark.row(36)]
SIZES = {"quick": (16, 1), "small": (24, 1), "full": (180, 6)}  # orders, backups


def kith(*words: str, home: Path, more: dict[str, str] | None = None) -> None:
    environ = served.environment("", home=home, more=more)
    del environ["KITH_DATABASE_URL"]
    subprocess.run(
        [sys.executable, "-m", "kith.config.cli", *words, "--home", str(home)],
        env=environ,
        check=True,
        capture_output=True,
    )


def test_every_backup_holds_what_was_acknowledged_and_sends_nothing(
    machine: Machine, tmp_path: Path, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, number = SIZES[check_size]
    crowd = buying.buyers(buying.shop(stock=size), size)
    MailOut.objects.create(
        address="lan@example.com", subject="Hello", text="Hello", html="Hello", message_class="service",
        state=MailState.WAITING, next_try=AT, created_at=AT,
    )  # fmt: skip
    (machine.home / "files").mkdir(exist_ok=True)
    (machine.home / "files" / "photo.png").write_bytes(b"\x89PNG" * 1000)
    acknowledged: list[set[str]] = []
    with served.serving(machine.url) as where, ThreadPoolExecutor(1) as beside:
        buying_all = beside.submit(buying.all_buy, crowd, int(where.rpartition(":")[2]), seconds=600, at_once=2)
        for n in range(number):
            assert processes.wait_until(lambda n=n: sum(1 for b in crowd if b.order) >= size * n // number, seconds=300)  # type: ignore[misc]
            acknowledged.append({one.order for one in crowd if one.order})
            kith("backup", str(tmp_path / f"{n}.tar"), home=machine.home)
        buying_all.result()
    missing, sent = 0, 0
    for n, known in enumerate(acknowledged):
        home = tmp_path / f"restored{n}"
        home.mkdir()
        kith("restore", str(tmp_path / f"{n}.tar"), home=home)
        assert (home / "files" / "photo.png").read_bytes() == b"\x89PNG" * 1000
        with postgres.embedded(home) as server, sinking() as (sink, port), server.connect() as connection:
            rows = connection.execute("SELECT public_id FROM commerce_order").fetchall()
            missing += len(known - {f"/orders/{row[0]}/" for row in rows})
            with served.working(server.url(), home=home, more={"KITH_EMAIL_URL": f"smtp://127.0.0.1:{port}"}):
                assert processes.wait_until(lambda c=connection: looked(c), seconds=60)  # type: ignore[misc]
                sent += len(sink.asked)
                if n == 0:  # the control: once the mute is lifted, the same worker sends it
                    connection.execute("DELETE FROM kernel_switch WHERE name = 'muted'")
                    assert processes.wait_until(lambda s=sink: len(s.got) == 1, seconds=60)  # type: ignore[misc]
    measured(
        "Backups under load, each restored", "0 acknowledged orders missing, 0 mails sent",
        f"{number} restored, {missing} missing, {sent} mails sent",
    )  # fmt: skip
    assert (missing, sent) == (0, 0)


def looked(connection: object) -> bool:
    """Say whether the worker has looked for mails at least once, and its job has ended."""
    ticks = connection.execute("SELECT 1 FROM kernel_tickstate WHERE name = 'messaging.send-mails'")  # type: ignore[attr-defined]
    jobs = connection.execute(
        "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name LIKE 'messaging%'"
    )  # type: ignore[attr-defined]
    return ticks.fetchone() is not None and jobs.fetchone() is None
