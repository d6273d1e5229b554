"""The hub of a web process: one LISTEN connection, one queue a stream, server-sent events at `/live`.

What was missed while a page was away is not replayed event by event: a stream begins with one `inbox` event, so
that the page looks afresh. A stream whose session has ended is closed within a second.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections, connection

from kith.access.sessions.queries import digest_of, person_of, still_signed_in
from kith.kernel import clock
from kith.messaging.live.push import CHANNEL

HEARTBEAT = 15.0
RECHECK = 1.0
WAITING = 100
PER_PERSON = 20
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(eq=False)
class Stream:
    """One open page: whose, under which session, and what it has still to be told (None: close)."""

    person_id: int
    digest: str
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(WAITING))

    def tell(self, event: bytes | None) -> None:
        """Put an event into the queue; a page that does not read loses it and looks afresh on its own."""
        with contextlib.suppress(asyncio.QueueFull):
            self.queue.put_nowait(event)


def event_bytes(*, name: str, data: dict[str, Any], number: int) -> bytes:
    """Return an event in the format of server-sent events; newlines in data cannot end it early."""
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n".encode()


class Hub:
    """The streams of this process."""

    def __init__(self) -> None:
        self.streams: dict[int, set[Stream]] = {}
        self.number = 0
        self.tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to listen and to look after sessions, once, with the first stream."""
        if not any(not task.done() for task in self.tasks):
            self.tasks = [asyncio.create_task(self.listen()), asyncio.create_task(self.look_after())]

    def add(self, stream: Stream) -> None:
        """Take a stream in; of more than twenty of one person the oldest is closed."""
        mine = self.streams.setdefault(stream.person_id, set())
        if len(mine) >= PER_PERSON:
            next(iter(mine)).tell(None)
        mine.add(stream)

    def remove(self, stream: Stream) -> None:
        """Let a stream go."""
        mine = self.streams.get(stream.person_id, set())
        mine.discard(stream)
        if not mine:
            self.streams.pop(stream.person_id, None)

    def deliver(self, payload: str) -> int:
        """Hand one note of the database to the streams it is for; return how many."""
        note = json.loads(payload)
        self.number += 1
        event = event_bytes(name=note["event"], data=note["data"], number=self.number)
        people = self.streams if note["to"] is None else note["to"]
        told = 0
        for person_id in people:
            for stream in self.streams.get(person_id, ()):
                stream.tell(event)
                told += 1
        return told

    async def listen(self) -> None:
        """Hear the database's notes, for ever; after a restart of the database every page looks afresh."""
        while True:
            with contextlib.suppress(psycopg.Error, OSError):
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    self.deliver(json.dumps({"to": None, "event": "inbox", "data": {}}))
                    async for note in listening.notifies():
                        self.deliver(note.payload)
            await asyncio.sleep(1)

    async def look_after(self) -> None:
        """Close the streams of sessions that have ended, once a second."""
        while True:
            await asyncio.sleep(RECHECK)
            everybody = [stream for mine in self.streams.values() for stream in mine]
            if everybody:
                with contextlib.suppress(Exception):
                    alive = await _alive({stream.digest for stream in everybody})
                    for stream in everybody:
                        if stream.digest not in alive:
                            stream.tell(None)


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
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    gone = asyncio.create_task(_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
        await _write(stream, send, gone)
    finally:
        gone.cancel()
        HUB.remove(stream)


async def _write(stream: Stream, send: Send, gone: asyncio.Task[None]) -> None:
    """Write events until the stream is to close or its reader has left."""
    while not gone.done():
        try:
            event = await asyncio.wait_for(stream.queue.get(), HEARTBEAT)
        except TimeoutError:
            event = b": still here\n\n"
        if event is None:
            break
        await send({"type": "http.response.body", "body": event, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    """Return when the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
