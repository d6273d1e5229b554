"""Row 7: the real worker dies at commits in the middle of a fan-out; in-app exactly once, no mail lost."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kith.config.ground import processes, starting
from kith.kernel import clock
from kith.messaging.deliveries import actions
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.models import Delivery, Message
from kith.messaging.mail.models import MailOut, MailState
from kith.people.persons.models import Person
from kith.people.segments.queries import audience_sql
from tests.faults.moved import Moved
from tests.messaging import make
from tests.messaging.sink import Sink, sinking
from tests.people.make import AT
from tests.support import served
from tests.support.commits import dying_at, points

pytestmark = [pytest.mark.fault, pytest.mark.row(7)]
SIZES = {"quick": (200, 3), "small": (300, 5), "full": (10_000, 12)}  # people, kills
DEAD = 5
MARKS_FIRST = """
import django
django.setup()
from kith.messaging.mail import sending
lease = sending.lease

def marking(*, at):
    mails = lease(at=at)
    sending.MailOut.objects.filter(pk__in=[mail.pk for mail in mails]).update(state="sent", leased_until=None)
    return mails

sending.lease = marking
from kith.config.ground.child import main
main()
"""


def everybody(size: int, *, at: datetime) -> Message:
    Person.objects.bulk_create(
        Person(full_name=f"P {n}", mailbox=f"p{n}@example.com", language="en", zone="UTC", created_at=AT)
        for n in range(size)
    )
    audience = audience_sql(rule={"everyone": True}, day=date(2026, 11, 25))
    return actions.send_to_audience(message=NewMessage(title=make.BOTH, body=make.BOTH), audience=audience, at=at)


def nothing_waits(message: Message, *, mails: int) -> bool:
    """Say whether everything that has to be made was made and tried to its end."""
    message.refresh_from_db()
    assert message.sent_out_at is None or Delivery.objects.count() == mails, "done is never said too early"
    made = message.sent_out_at is not None and MailOut.objects.count() == mails
    return made and not MailOut.objects.filter(state=MailState.WAITING).exists()  # asked last: all are made by then


def lives(
    message: Message,
    sink: Sink,
    *,
    size: int,
    kills: int,
    environ: dict[str, str],
    moved: Moved,
    command: list[str],
) -> None:
    """Let the worker die so many times at commits, each life beginning when the leases of the last are over."""
    chosen = points(upto=max(size // (kills + 1), 4))
    for _ in range(kills):
        number, after = next(chosen)
        process = subprocess.Popen(command, env={**environ, **dying_at(10 + number, after=after)})
        assert process.wait(timeout=300) == -9
        moved.by(timedelta(minutes=4))
    with served.running(command, environ=environ):
        waited = time.monotonic()
        while not nothing_waits(message, mails=size):
            assert time.monotonic() - waited < 1200
            if sink.asked and time.monotonic() - sink.last > 3:
                moved.by(timedelta(minutes=4))  # nobody waits for what was put off
                sink.last = time.monotonic()
            time.sleep(0.1)


def test_the_worker_dies_at_commits_and_nobody_is_left_out_or_told_twice(
    database_url: str, tmp_path: Path, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, kills = SIZES[check_size]
    moved = Moved(tmp_path / "clock", to=datetime(2026, 11, 25, 8, tzinfo=UTC))
    message = everybody(size, at=moved.now())
    dead = {f"p{n}@example.com": "550 no such person" for n in range(DEAD)}
    with sinking() as (sink, port):
        sink.answers = dead
        sink.once = {f"p{n}@example.com": "451 later" for n in range(DEAD, size, 20)}
        environ = served.environment(
            database_url,
            home=tmp_path / "home",
            more={"KITH_EMAIL_URL": f"smtp://127.0.0.1:{port}", "KITH_CLOCK": str(moved.file)},
        )
        command = [*starting.CHILD, "work"]
        lives(message, sink, size=size, kills=kills, environ=environ, moved=moved, command=command)
    copies = Counter(sink.to)
    doubled = sum(copies.values()) - len(copies)
    reached = list(Delivery.objects.values_list("person_id", flat=True))
    measured(
        "Worker killed at commits in a fan-out",
        "in-app exactly once, mail lost 0, duplicates <= kills, Message-ID unchanged",
        f"in-app {len(set(reached)):,} of {size:,}, {len(reached) - len(set(reached))} twice; "
        f"mail lost {size - DEAD - len(copies)}, {doubled} doubled by {kills} kills, "
        f"{len({mail['Message-ID'] for mail in sink.got}) - len(copies)} with another Message-ID",
    )
    assert (len(reached), len(set(reached))) == (size, size)
    ends = Counter(MailOut.objects.values_list("state", "error"))
    assert set(copies) == {f"p{n}@example.com" for n in range(DEAD, size)}, ends
    assert doubled <= kills
    assert len({mail["Message-ID"] for mail in sink.got}) == len(copies)
    assert all(sink.asked.count(address) == 1 for address in dead)
    assert set(MailOut.objects.filter(state="failed").values_list("address", flat=True)) == set(dead)


def test_the_control_a_sender_that_marks_first_loses_mails(database_url: str, tmp_path: Path) -> None:
    size = 120
    moved = Moved(tmp_path / "clock", to=datetime(2026, 11, 25, 8, tzinfo=UTC))
    message = everybody(size, at=moved.now())
    with sinking() as (sink, port):
        environ = served.environment(
            database_url,
            home=tmp_path / "home",
            more={"KITH_EMAIL_URL": f"smtp://127.0.0.1:{port}", "KITH_CLOCK": str(moved.file)},
        )
        sink.pause = 0.05
        with served.running([sys.executable, "-c", MARKS_FIRST, "work"], environ=environ) as process:
            assert processes.wait_until(lambda: len(sink.got) >= 5, seconds=60, pause=0.01)
            process.kill()
        sink.pause = 0.0
        moved.by(timedelta(minutes=4))
        with served.running([sys.executable, "-c", MARKS_FIRST, "work"], environ=environ):
            assert processes.wait_until(lambda: nothing_waits(message, mails=size), seconds=60, pause=0.1)
    assert len(set(sink.to)) < size


def test_a_moved_clock_is_seen_here_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = Moved(tmp_path / "clock", to=datetime(2027, 3, 28, 1, tzinfo=UTC))
    monkeypatch.setenv("KITH_CLOCK", str(moved.file))
    assert abs(clock.now() - moved.now()) < timedelta(seconds=5)
