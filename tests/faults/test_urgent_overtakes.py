"""Row 9: an urgent notice overtakes a marketing run that is under way; what is not urgent waits its turn."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kith.config.ground import processes
from kith.kernel import clock
from kith.messaging.deliveries.actions import NewMessage, send_to_audience
from kith.messaging.deliveries.models import Delivery, Severity
from kith.messaging.mail.models import MailOut, MailState
from kith.people.persons.models import Person
from kith.people.segments.queries import audience_sql
from tests.faults.moved import Moved
from tests.messaging import make
from tests.messaging.sink import sinking
from tests.people import make as people
from tests.people.make import AT
from tests.support import asking, served
from tests.support.asking import Asker

pytestmark = [pytest.mark.fault, pytest.mark.row(9)]
SIZES = {"quick": 1000, "small": 2000, "full": 50_000}  # marketing mails
GOAL = {"full": 10.0}  # seconds; beside other work it only has to come before the run is over
CROWDS = {"quick": (300, 2), "small": (500, 4), "full": (10_000, 20)}  # people who are told, readers beside
IN_APP = 60.0  # seconds until everybody has it


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
    assert took < GOAL.get(check_size, 60.0)


def test_everybody_has_an_emergency_notice_within_a_minute_beside_readers(
    database_url: str, tmp_path: Path, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, readers = CROWDS[check_size]
    Person.objects.bulk_create(
        Person(full_name=f"P {n}", language="en", zone="UTC", created_at=AT) for n in range(size - readers)
    )
    reading = [people.employee(language="en", zone="UTC") for _ in range(readers)]
    everyone = audience_sql(rule={"everyone": True}, day=AT.date())
    over, pages = threading.Event(), []
    with served.serving(database_url) as where, served.working(database_url, home=tmp_path / "home"):
        browsers = [asking.browser(where, one) for one in reading]
        assert all(one.get("/inbox/").status == 200 for one in browsers)

        def read(one: Asker) -> None:
            while not over.is_set():
                begun = time.monotonic()
                assert one.get("/inbox/").status == 200
                pages.append(time.monotonic() - begun)
                time.sleep(1)  # somebody who reads

        with ThreadPoolExecutor(readers) as pool:
            busy = [pool.submit(read, one) for one in browsers]
            begun = time.monotonic()
            notice = NewMessage(title=make.BOTH, body=make.BOTH, severity=Severity.URGENT, needs_acknowledgement=True)
            message = send_to_audience(message=notice, audience=everyone, at=clock.now())
            there = Delivery.objects.filter(message_id=message.pk)
            everybody = processes.wait_until(lambda: there.count() == size, seconds=300, pause=0.1)
            took = time.monotonic() - begun
            over.set()
            for one in busy:
                one.result()
    slow = sorted(pages)[int(len(pages) * 0.95)]
    measured(
        f"Urgent notice to {size:,} beside {readers} readers", "in-app 100 % within 60 s, their pages p95 < 1 s",
        f"{there.count():,} of {size:,} in {took:.1f} s, p95 {slow * 1000:.0f} ms over {len(pages)} pages",
    )  # fmt: skip
    assert everybody
    assert there.values("person_id").distinct().count() == size
    assert took < IN_APP
    assert slow < (1 if check_size == "full" else 10)
