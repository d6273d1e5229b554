"""Row 7 of the reliability table, in-app: the process that writes deliveries is killed again and again."""

import random
import sys
import time
from collections.abc import Callable
from datetime import date

import pytest

from kith.messaging.deliveries import actions
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.models import Delivery, Message
from kith.people.persons.models import Person
from kith.people.segments.queries import audience_sql
from tests.messaging import make
from tests.people.make import AT
from tests.support import served

pytestmark = [pytest.mark.fault, pytest.mark.row(7)]
SIZE = {"quick": (600, 3), "small": (1200, 4)}
FULL = (10_000, 12)
BEGIN = """
import sys, time
import django
django.setup()
from django.db import connection
from kith.kernel import clock
from kith.messaging.deliveries import arbiter, fanout
from kith.messaging.deliveries.models import Message
message_id, fanout.RANGE, one = int(sys.argv[1]), int(sys.argv[2]), fanout.send_one_range
"""
OURS = (
    BEGIN
    + """
def slowly(*, message_id, at):
    time.sleep(0.004)
    return one(message_id=message_id, at=at)
fanout.send_one_range = slowly
fanout.send_out(message_id=message_id, at=clock.now())
"""
)
CURSOR_FIRST = (
    BEGIN
    + """
while True:
    message = Message.objects.get(pk=message_id)
    upto = fanout._next_range(message)
    if upto is None:
        break
    after = message.cursor
    Message.objects.filter(pk=message_id).update(cursor=upto)
    time.sleep(0.02)
    where = f"({message.where}) AND p.id > %(after)s AND p.id <= %(upto)s"
    arbiter.deliver(message, where=where, params={**message.params, "after": after, "upto": upto}, at=message.at)
"""
)


def everybody(size: int) -> Message:
    Person.objects.bulk_create(
        Person(full_name=f"P {n}", language="en", zone="UTC", created_at=AT) for n in range(size)
    )
    audience = audience_sql(rule={"everyone": True}, day=date(2026, 11, 25))
    return actions.send_to_audience(message=NewMessage(title=make.BOTH, body=make.BOTH), audience=audience, at=AT)


def run_and_kill(script: str, message: Message, *, size: int, most: int, environ: dict[str, str]) -> int:
    """Run the script until it has ended by itself, killing it on the way at most `most` times; return how often."""
    chance, kills, command = random.Random(7), 0, [sys.executable, "-c", script, str(message.pk), str(size // 120)]
    while True:
        before = Delivery.objects.count()
        with served.running(command, environ=environ) as process:
            goal = before + size // (2 * most)
            while process.poll() is None and (kills == most or Delivery.objects.count() < goal):
                message.refresh_from_db()
                assert message.sent_out_at is None or Delivery.objects.count() == size
                time.sleep(0.002)
            if process.poll() is not None:
                return kills
            time.sleep(chance.random() * 0.02)
            process.kill()
            process.wait()
            kills += 1


def test_a_process_killed_again_and_again_delivers_to_everybody_once(
    database_url: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, most = SIZE.get(check_size, FULL)
    message = everybody(size)
    kills = run_and_kill(OURS, message, size=size, most=most, environ=served.environment(database_url))
    reached = list(Delivery.objects.values_list("person_id", flat=True))
    figure = f"{len(set(reached)):,} of {size:,}, {len(reached) - len(set(reached))} doubled, {kills} kills"
    measured("killed while a message goes out", "in-app everybody exactly once", figure)
    assert kills == most
    assert (len(reached), len(set(reached))) == (size, size)
    message.refresh_from_db()
    assert message.sent_out_at is not None


def test_the_control_with_the_cursor_moved_first_loses_people(database_url: str) -> None:
    size = 600
    message = everybody(size)
    kills = run_and_kill(CURSOR_FIRST, message, size=size, most=3, environ=served.environment(database_url))
    assert kills > 0
    assert Delivery.objects.count() < size
