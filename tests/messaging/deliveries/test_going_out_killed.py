"""Row 7 of the reliability table, in-app: the process that writes deliveries dies at commits again and again."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

import pytest

from kith.messaging.deliveries import actions
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.models import Delivery, Message
from kith.people.persons.models import Person
from kith.people.segments.queries import audience_sql
from tests.messaging import make
from tests.people.make import AT
from tests.support import served
from tests.support.commits import dying_at, points

pytestmark = [pytest.mark.fault, pytest.mark.row(7)]
SIZES = {"quick": (600, 3), "small": (1200, 4), "full": (10_000, 12)}  # people, kills
RANGES = 120  # into which everybody is divided; each is one commit
BEGIN = """
import sys
import django
django.setup()
from kith.kernel import clock
from kith.messaging.deliveries import arbiter, fanout
from kith.messaging.deliveries.models import Message
message_id, fanout.RANGE = int(sys.argv[1]), int(sys.argv[2])
"""
OURS = BEGIN + "fanout.send_out(message_id=message_id, at=clock.now())\n"
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


def run_and_kill(
    script: str, message: Message, *, size: int, deaths: Iterable[tuple[int, bool]], environ: dict[str, str]
) -> None:
    """Let the script die at each of these commits, each time in a new process, then run to its end."""
    command = [sys.executable, "-c", script, str(message.pk), str(size // RANGES)]
    for number, after in deaths:
        died = subprocess.run(command, env={**environ, **dying_at(number, after=after)}, check=False)
        assert died.returncode == -9
        message.refresh_from_db()
        assert message.sent_out_at is None or Delivery.objects.count() == size, "done is never said too early"
    subprocess.run(command, env=environ, check=True)


def test_a_process_killed_again_and_again_delivers_to_everybody_once(
    database_url: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, kills = SIZES[check_size]
    message = everybody(size)
    deaths = list(islice(points(upto=RANGES // (kills + 1)), kills))
    run_and_kill(OURS, message, size=size, deaths=deaths, environ=served.environment(database_url))
    reached = list(Delivery.objects.values_list("person_id", flat=True))
    figure = f"{len(set(reached)):,} of {size:,}, {len(reached) - len(set(reached))} doubled, {kills} kills"
    measured("killed while a message goes out", "in-app everybody exactly once", figure)
    assert (len(reached), len(set(reached))) == (size, size)
    message.refresh_from_db()
    assert message.sent_out_at is not None


def test_the_control_with_the_cursor_moved_first_loses_people(database_url: str) -> None:
    size = 600
    message = everybody(size)
    deaths = [(3, True), (6, False)]  # the cursor has moved, its people have nothing
    run_and_kill(CURSOR_FIRST, message, size=size, deaths=deaths, environ=served.environment(database_url))
    assert Delivery.objects.count() == size - 2 * (size // RANGES)
