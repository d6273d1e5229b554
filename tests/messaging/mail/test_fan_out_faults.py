"""Row 7 of the reliability table: the sending process is killed again and again in the middle of a fan-out."""

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from kith.config.ground import processes
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Delivery
from kith.messaging.mail.models import MailOut
from kith.people.persons.models import Person
from tests.messaging import make
from tests.messaging.sink import Sink, sinking
from tests.people.make import AT
from tests.support import served

pytestmark = pytest.mark.row(7)
SIZES = {"quick": (120, 2), "small": (260, 4), "full": (10_000, 12)}  # mails, kills
SENDER = """
import sys, time
from datetime import timedelta
import django
django.setup()
from kith.kernel import clock

from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.sending import LEASE, send_batch

message_id, upto, life = map(int, sys.argv[1:])
make_mails(message_id=message_id, after=0, upto=upto, at=clock.now())
ahead = life * (LEASE + timedelta(minutes=1))  # each life begins when the leases of the one before are over
while True:
    if not send_batch(at=clock.now() + ahead):
        ahead += timedelta(seconds=20)  # so that nobody waits a minute for what was put off
        time.sleep(0.05)
"""


@pytest.mark.fault
def test_a_sender_killed_again_and_again_loses_nobody_and_doubles_at_most_once_a_kill(
    database_url: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, kills = SIZES[check_size]
    Person.objects.bulk_create(
        Person(full_name=f"P {n}", mailbox=f"p{n}@example.com", language="en", zone="UTC", created_at=AT)
        for n in range(size)
    )
    readers = list(Person.objects.order_by("id"))
    message = make.message(readers)
    send_out(message_id=message.pk, at=AT)  # more than a thousand would wait for a worker
    dead = {f"p{n}@example.com": "550 no such person" for n in range(5)}
    busy = {f"p{n}@example.com": "451 later" for n in range(5, size, 20)}
    with sinking() as (sink, port):
        sink.answers, sink.once, sink.pause = dead, busy, 0.002
        environ = served.environment(database_url, more={"KITH_EMAIL_URL": f"smtp://127.0.0.1:{port}"})
        for life in range(kills):
            enough = (size - len(dead)) * (life + 1) // (kills + 2)
            command = [sys.executable, "-c", SENDER, str(message.pk), str(readers[-1].pk), str(life)]
            with served.running(command, environ=environ) as process:
                assert processes.wait_until(partial(_has_sent, sink, enough), seconds=300, pause=0.002)
                process.kill()
        command = [sys.executable, "-c", SENDER, str(message.pk), str(readers[-1].pk), str(kills)]
        with served.running(command, environ=environ):
            assert processes.wait_until(partial(_nothing_waits, size), seconds=300, pause=0.05)
    copies = Counter(sink.to)
    doubled = sum(copies.values()) - len(copies)
    measured(
        "Sender killed mid-fan-out",
        "mail lost 0, duplicates <= kills",
        f"lost {size - 5 - len(copies)}, {doubled} doubled by {kills} kills of {size} mails",
    )
    assert Delivery.objects.filter(message_id=message.pk).count() == size
    assert set(copies) == {reader.mailbox for reader in readers} - set(dead)
    assert doubled <= kills
    assert len({mail["Message-ID"] for mail in sink.got}) == len(copies), "a double carries the same Message-ID"
    assert all(sink.asked.count(address) == 1 for address in dead)
    assert set(MailOut.objects.filter(state="failed").values_list("address", flat=True)) == set(dead)


def _has_sent(sink: Sink, number: int) -> bool:
    return len(sink.got) >= number


def _nothing_waits(size: int) -> bool:
    return MailOut.objects.exclude(state="waiting").count() == size
