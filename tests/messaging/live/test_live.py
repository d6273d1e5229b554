import asyncio
import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import transaction

from kith.access.logins.models import Login
from kith.access.sessions.actions import open_session
from kith.access.sessions.models import Session
from kith.kernel import clock
from kith.messaging.live import hub
from kith.messaging.live.hub import Hub, Stream
from kith.messaging.live.push import note_of, push, push_all
from kith.people.persons.models import Person
from tests.access import make as access
from tests.people import make as people
from tests.support import served

pytestmark = pytest.mark.row(20)


class Reader:
    """An open page: its events, and whether its stream has ended."""

    def __init__(self, address: str, key: str, *, last: str = "") -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self._connection.connect()
        self._socket = self._connection.sock
        headers = {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={key}"}
        self._connection.request("GET", "/live", headers={**headers, **({"Last-Event-ID": last} if last else {})})
        self.response = self._connection.getresponse()
        self.lines: Queue[str | None] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while line := self.response.readline():
                self.lines.put(line.decode().rstrip("\n"))
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.lines.put(None)

    def until(self, wanted: str | None, *, seconds: float = 5.0) -> bool:
        """Say whether a line that begins with `wanted` (None: the end) came in time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left)
            except Empty:
                return False
            if line is None or (wanted is not None and line.startswith(wanted)):
                return (line is None) == (wanted is None)
        return False

    def rest(self, prefix: str) -> str:
        """Return what follows `prefix` on the next line that begins with it."""
        while (line := self.lines.get(timeout=5)) is not None:
            if line.startswith(prefix):
                return line.removeprefix(prefix)
        return ""

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._connection.close()


@contextmanager
def reading(address: str, key: str, *, last: str = "") -> Iterator[Reader]:
    reader = Reader(address, key, last=last)
    try:
        yield reader
    finally:
        reader.close()


def signed_in(person: Person) -> str:
    return open_session(login=access.login_of(person), at=clock.now())


def settled(reader: Reader) -> None:
    """Wait until the process listens (it then lets every page look afresh) and no event is left."""
    assert reader.until("event: inbox")
    assert reader.until("data:")


@pytest.mark.alone
@pytest.mark.fault
def test_an_event_reaches_its_person_as_it_commits_and_nobody_else(address: str) -> None:
    lan, bob = people.person(), people.person()
    with reading(address, signed_in(lan)) as hers, reading(address, signed_in(bob)) as his:
        assert hers.response.status == 200
        assert hers.response.headers["Content-Type"] == "text/event-stream"
        settled(hers)
        with transaction.atomic():
            push(person_ids=[lan.pk], event="notice", data={"a": "b\n\nevent: forged"})
            assert not hers.until("event: notice", seconds=0.3)
        begun = time.monotonic()
        assert hers.until("event: notice")
        assert time.monotonic() - begun < 1
        assert not hers.until("event: forged", seconds=0.3)
        assert not his.until("event: notice", seconds=0.3)
        push_all(event="notice", data={})
        assert his.until("event: notice")
        with transaction.atomic():
            push(person_ids=[lan.pk], event="rolled-back", data={})
            transaction.set_rollback(True)
        assert not hers.until("event: rolled-back", seconds=0.3)


@pytest.mark.fault
def test_without_a_session_there_is_no_stream(address: str) -> None:
    for key in ("", "made-up"):
        with reading(address, key) as reader:
            assert reader.response.status == 401


def sign_out(session: Session) -> None:
    session.delete()


def close_login(session: Session) -> None:
    Login.objects.filter(pk=session.login_id).update(active=False)


def change_password(session: Session) -> None:
    Login.objects.filter(pk=session.login_id).update(epoch=session.epoch + 1)


def deactivate(session: Session) -> None:
    Person.objects.filter(pk=session.person_id).update(deactivated_at=clock.now())


@pytest.mark.alone
@pytest.mark.fault
def test_a_stream_ends_within_a_second_of_its_session(address: str, measured: Callable[[str, str, str], None]) -> None:
    slowest = 0.0
    for end in (sign_out, close_login, change_password, deactivate):
        person = people.person()
        with reading(address, signed_in(person)) as reader:
            assert reader.until("id:")
            end(Session.objects.get(person=person))
            begun = time.monotonic()
            assert reader.until(None)
            slowest = max(slowest, time.monotonic() - begun)
    measured("Live stream of a dead session", "closed within 1 s", f"{slowest:.2f} s")
    assert slowest < 1


@pytest.mark.fault
def test_a_page_goes_on_after_the_database_dropped_the_listener(address: str, database_url: str) -> None:
    lan = people.person()
    with reading(address, signed_in(lan)) as reader:
        settled(reader)
        with psycopg.connect(database_url, autocommit=True) as killer:
            killer.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN kith_live%'"
            )
        assert reader.until("event: inbox"), "what was said meanwhile is unknown: look afresh"
        push(person_ids=[lan.pk], event="notice", data={})
        assert reader.until("event: notice")


@pytest.mark.fault
def test_a_page_that_comes_back_looks_afresh_only_where_it_missed_something(address: str) -> None:
    lan, bob = people.person(), people.person()
    key = signed_in(lan)
    with reading(address, key) as reader:
        settled(reader)
        push(person_ids=[lan.pk], event="notice", data={})
        last = reader.rest("id: ")
    push(person_ids=[bob.pk], event="notice", data={})
    time.sleep(0.2)
    with reading(address, key, last=last) as reader:
        assert not reader.until("event:", seconds=0.5)
    push(person_ids=[lan.pk], event="notice", data={})
    time.sleep(0.2)
    with reading(address, key, last=last) as reader:
        assert reader.until("event: inbox")


@pytest.mark.fault
def test_open_streams_do_not_hold_up_the_end_of_a_process(database_url: str) -> None:
    key = signed_in(people.person())
    with served.serving(database_url) as where:
        reader = Reader(where, key)
        assert reader.until("id:")
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    assert reader.until(None)


def stream(person_id: int = 7) -> Stream:
    return Stream(person_id, f"digest {person_id}")


def test_of_too_many_streams_of_a_person_the_oldest_closes() -> None:
    ours = Hub()
    opened = [stream() for _ in range(hub.PER_PERSON + 2)]
    for each in opened:
        ours.add(each)
    assert [each for each in opened if not each.queue.empty()] == opened[:2]
    assert opened[0].queue.get_nowait() is None
    assert list(ours.streams[7]) == opened[2:]


def test_a_page_that_does_not_read_is_told_to_look_afresh_and_closed_at_once() -> None:
    slow = stream()
    for n in range(hub.WAITING + 1):
        slow.tell(b"event", number=str(n))
    assert slow.queue.qsize() == 1
    assert slow.queue.get_nowait() == hub.look_afresh(str(hub.WAITING))
    for n in range(hub.WAITING):
        slow.tell(b"event", number=str(n))
    slow.close()
    assert slow.queue.get_nowait() is None
    assert slow.queue.empty()


def test_what_a_page_missed_is_known_for_the_last_notes() -> None:
    ours = Hub()
    ids = []
    for to in ([7], [8], None, [8]):
        note = note_of(to=to, event="notice", data={})
        ids.append(json.loads(note)["id"])
        ours.deliver(note)
    assert [ours.missed(person_id=7, last=each) for each in ids] == [True, True, False, False]
    assert [ours.missed(person_id=8, last=each) for each in ids] == [True, True, True, False]
    assert ours.missed(person_id=7, last="somebody else's")


def test_a_heartbeat_keeps_a_quiet_stream_open(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hub.HEARTBEAT <= 15
    monkeypatch.setattr(hub, "HEARTBEAT", 0.05)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message["body"])

    async def play() -> None:
        ours, quiet = hub.Hub(), stream()
        ours.add(quiet)
        beating = asyncio.create_task(ours.beat())
        asyncio.get_running_loop().call_later(0.13, quiet.close)
        await hub._write(quiet, send)
        beating.cancel()

    asyncio.run(play())
    assert sent == [b": still here\n\n", b": still here\n\n", b""]


def test_a_heartbeat_adds_nothing_where_something_is_under_way() -> None:
    busy = stream()
    busy.tell(b"news", number="1")
    busy.beat()
    assert busy.queue.qsize() == 1


@pytest.mark.django_db
def test_a_note_for_very_many_fits_into_what_the_database_takes() -> None:
    push(person_ids=range(10**9, 10**9 + 2000), event="inbox", data={"urgent": True})
