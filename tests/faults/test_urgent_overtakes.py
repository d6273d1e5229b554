"""Row 9: an urgent notice overtakes a marketing run that is under way; what is not urgent waits its turn."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kith.config.ground import processes
from kith.messaging.deliveries.models import Severity
from kith.messaging.mail.models import MailOut, MailState
from tests.faults.moved import Moved
from tests.messaging import make
from tests.messaging.sink import sinking
from tests.people import make as people
from tests.people.make import AT
from tests.support import served

pytestmark = [pytest.mark.fault, pytest.mark.row(9)]
SIZES = {"quick": 1000, "small": 2000, "full": 50_000}  # marketing mails
GOAL = 10.0  # seconds


def test_the_first_urgent_mail_goes_within_ten_seconds(
    database_url: str, tmp_path: Path, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size = SIZES[check_size]
    moved = Moved(tmp_path / "clock", to=datetime(2026, 11, 25, 8, tzinfo=UTC))
    urgent, plain = (people.person(mailbox=f"{word}@example.com", zone="UTC") for word in ("urgent", "plain"))
    MailOut.objects.bulk_create(
        [
            MailOut(
                address=f"m{n}@example.com", subject="Tea", text="Tea", html="Tea", message_class="marketing",
                state=MailState.WAITING, next_try=AT, created_at=AT,
            )
            for n in range(size)
        ],
        batch_size=5000,
    )  # fmt: skip
    with sinking() as (sink, port):
        sink.pause = 0.01
        environ = {"KITH_EMAIL_URL": f"smtp://127.0.0.1:{port}", "KITH_CLOCK": str(moved.file)}
        with served.working(database_url, home=tmp_path / "home", more=environ):
            assert processes.wait_until(lambda: len(sink.got) > 60, seconds=120, pause=0.05)
            begun = time.monotonic()
            make.message([plain], at=moved.now())
            make.message([urgent], severity=Severity.URGENT, at=moved.now())
            assert processes.wait_until(lambda: urgent.mailbox in sink.asked, seconds=60, pause=0.01)
            took = time.monotonic() - begun
            sent = len(sink.got)
            assert plain.mailbox not in sink.asked, "the control: what is not urgent waits for the run"
    measured(
        f"Urgent notice during a run of {size:,} marketing mails", "first urgent mail < 10 s",
        f"{took:.1f} s, after {sent:,} of the run",
    )  # fmt: skip
    assert sent < size
    assert took < GOAL
