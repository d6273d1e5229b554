"""The hub of a web process: one LISTEN connection, one queue a stream, server-sent events at `/live`.

What was missed while a page was away is not replayed event by event: a stream that resumes (`Last-Event-ID`, or
`after` in its address) and missed something begins with one `inbox` event, so that the page looks afresh; every
stream gets one when the database was away. Notes carry their own ids, the same in every process, so a page may
resume in another one. A stream whose session has ended is closed within a second.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from itertools import takewhile
from typing import Any
from urllib.parse import parse_qs

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections, connection

from kith.access.sessions.queries import digest_of, person_of, still_signed_in
from kith.kernel import clock
from kith.messaging.live.push import CHANNEL, note_of

HEARTBEAT = 15.0
STILL_HERE = b": still here\n\n"
RECHECK = 0.5
WAITING = 100
PER_PERSON = 20
REMEMBERED = 500
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(eq=False)
class Stream:
    """One open page: whose, under which session, and what it has still to be told (None: close)."""

    person_id: int
    digest: str
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(WAITING))

    def tell(self, event: bytes, *, number: str) -> None:
        """Put an event into the queue; a page that does not read is told to look afresh instead of all it missed."""
        if self.queue.full():
            self._empty()
            event = look_afresh(number)
        self.queue.put_nowait(event)

    def beat(self) -> None:
        """Show that the connection lives, where nothing else is under way."""
        if self.queue.empty():
            self.queue.put_nowait(STILL_HERE)

    def close(self) -> None:
        """Let the stream end without another event."""
        self._empty()
        self.queue.put_nowait(None)

    def _empty(self) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()


def event_bytes(*, name: str, data: dict[str, Any], number: str) -> bytes:
    """Return an event in the format of server-sent events; newlines in data cannot end it early."""
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n".encode()


def look_afresh(number: str) -> bytes:
    """Return the event after which a page asks for what is new; it stands for everything up to note `number`."""
    return event_bytes(name="inbox", data={}, number=number)


class Hub:
    """The streams of this process."""

    def __init__(self) -> None:
        self.streams: dict[int, dict[Stream, None]] = {}
        self.heard: deque[tuple[str, frozenset[int] | None]] = deque(maxlen=REMEMBERED)
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin to listen and to look after sessions with the first stream; what has ended begins anew."""
        for name, work in {"listen": self.listen, "look after": self.look_after, "beat": self.beat}.items():
            if name not in self.tasks or self.tasks[name].done():
                self.tasks[name] = asyncio.create_task(work())

    def add(self, stream: Stream) -> None:
        """Take a stream in; of more than twenty of one person the oldest is closed."""
        mine = self.streams.setdefault(stream.person_id, {})
        while len(mine) >= PER_PERSON:
            oldest = next(iter(mine))
            del mine[oldest]
            oldest.close()
        mine[stream] = None

    def remove(self, stream: Stream) -> None:
        """Let a stream go."""
        mine = self.streams.get(stream.person_id, {})
        mine.pop(stream, None)
        if not mine:
            self.streams.pop(stream.person_id, None)

    def deliver(self, payload: str) -> int:
        """Hand one note of the database to the streams it is for; return how many."""
        note = json.loads(payload)
        number = note["id"]
        self.heard.append((number, None if note["to"] is None else frozenset(note["to"])))
        event = event_bytes(name=note["event"], data=note["data"], number=number)
        people = list(self.streams) if note["to"] is None else note["to"]
        told = 0
        for person_id in people:
            for stream in self.streams.get(person_id, ()):
                stream.tell(event, number=number)
                told += 1
        return told

    @property
    def last(self) -> str:
        """The id of the last note heard, "0" before the first."""
        return self.heard[-1][0] if self.heard else "0"

    def missed(self, *, person_id: int, last: str) -> bool:
        """Say whether a person's page that heard note `last` missed one since, or may have."""
        later = list(takewhile(lambda note: note[0] != last, reversed(self.heard)))
        forgotten = len(later) == len(self.heard)
        return forgotten or any(to is None or person_id in to for _number, to in later)

    async def listen(self) -> None:
        """Hear the database's notes, for ever; after a restart of the database every page looks afresh."""
        while True:
            with contextlib.suppress(psycopg.Error, OSError):
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    self.deliver(note_of(to=None, event="inbox", data={}))
                    async for note in listening.notifies():
                        with contextlib.suppress(ValueError, KeyError, TypeError):  # an older version's note
                            self.deliver(note.payload)
            await asyncio.sleep(1)

    async def beat(self) -> None:
        """Let every stream say that it lives: one clock for all, since a timeout for each costs more than the event."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            for mine in self.streams.values():
                for stream in mine:
                    stream.beat()

    async def look_after(self) -> None:
        """Close the streams of sessions that have ended: one query for all of them, twice a second."""
        while True:
            await asyncio.sleep(RECHECK)
            everybody = [stream for mine in self.streams.values() for stream in mine]
            if everybody:
                with contextlib.suppress(Exception):
                    alive = await _alive({stream.digest for stream in everybody})
                    for stream in everybody:
                        if stream.digest not in alive:
                            stream.close()


def _parameters() -> dict[str, Any]:
    known = connection.get_connection_params()
    return {name: known[name] for name in ("host", "port", "dbname", "user", "password") if known.get(name)}


@sync_to_async
def _alive(digests: set[str]) -> set[str]:
    try:
        return still_signed_in(digests=digests, at=clock.now())
    finally:
        close_old_connections()


@sync_to_async
def _person(key: str) -> int | None:
    try:
        return person_of(key=key, at=clock.now())
    finally:
        close_old_connections()


def _key(scope: MutableMapping[str, Any]) -> str:
    """Return the session's key from the cookies of a request."""
    raw = next((value for name, value in scope["headers"] if name == b"cookie"), b"").decode("latin-1")
    cookies: SimpleCookie = SimpleCookie()
    with contextlib.suppress(CookieError):
        cookies.load(raw)
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


def _last_heard(scope: MutableMapping[str, Any]) -> str | None:
    """Return the id that a page which was here before heard last, None for a new one."""
    named = next((value for name, value in scope["headers"] if name == b"last-event-id"), None)
    if named is not None:
        return bytes(named).decode("latin-1")
    return next(iter(parse_qs(scope.get("query_string", b"").decode("latin-1")).get("after", [])), None)


HUB = Hub()


async def live(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer `/live`: a stream of events for whoever is signed in, 401 for others."""
    key = _key(scope)
    person_id = await _person(key) if key else None
    if person_id is None:
        await send({"type": "http.response.start", "status": 401, "headers": [(b"cache-control", b"no-store")]})
        await send({"type": "http.response.body", "body": b""})
        return
    stream = Stream(person_id, digest_of(key))
    HUB.start()
    HUB.add(stream)
    last = _last_heard(scope)
    if last is not None and HUB.missed(person_id=person_id, last=last):
        stream.tell(look_afresh(HUB.last), number=HUB.last)
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    beginning = f"retry: 3000\nid: {HUB.last}\n\n".encode()  # the browser names this id when it comes back
    gone = asyncio.create_task(_gone(receive))
    gone.add_done_callback(lambda _done: stream.close())
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": beginning, "more_body": True})
        await _write(stream, send)
    finally:
        gone.cancel()
        HUB.remove(stream)


async def _write(stream: Stream, send: Send) -> None:
    """Write events until the stream is to close."""
    while (event := await stream.queue.get()) is not None:
        await send({"type": "http.response.body", "body": event, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    """Return when the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
