"""The row of live pages: one event to every open page of one web process, against a bare fan-out of asyncio."""

import asyncio
import resource
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import uvloop
from django.conf import settings

from kith.config.benches import shop
from kith.config.benches.load import HOST, request
from kith.config.benches.measuring import Beside, Row, row_of
from kith.config.benches.served import clean_environment, free_port, listening, running, serving
from kith.config.ground import processes
from kith.messaging.live.push import push_all

PAGES = 3000
OF_A_PERSON = 10
ROUNDS = 7
GOAL = 2.0
DELIVERIES = 10_000.0  # a second and process
PATIENCE = 60.0
AT_ONCE = 100  # pages that are opened together
_numbers = count(1)


@dataclass
class Pages:
    """The open pages: how many of them have read the word that is waited for, and when the last one did."""

    wanted: bytes = b""
    missing: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def expect(self, word: bytes, pages: int) -> None:
        """Begin to wait until so many pages have read `word`."""
        self.wanted, self.missing = word, pages
        self.over.clear()

    def read(self) -> None:
        """Note that one more has read it."""
        self.missing -= 1
        if not self.missing:
            self.over.set()


class _Page(asyncio.Protocol):
    """One open page: it reads, and says so when the word came."""

    def __init__(self, pages: Pages, asked: bytes, opened: asyncio.Future[None]) -> None:
        self._pages, self._asked, self._opened, self._tail = pages, asked, opened, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self._asked)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        if not self._opened.done():
            if b"retry:" in data:
                self._opened.set_result(None)
            return
        self._tail += data
        if self._pages.wanted and self._pages.wanted in self._tail:
            self._tail = b""
            self._pages.read()
        self._tail = self._tail[-200:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self._opened.done():
            self._opened.set_exception(error or ConnectionError("A page was not let in."))


async def _open(port: int, asked: list[bytes], pages: Pages) -> list[asyncio.Transport]:
    loop = asyncio.get_running_loop()
    found = []
    for start in range(0, len(asked), AT_ONCE):
        opened = []
        for each in asked[start : start + AT_ONCE]:
            future: asyncio.Future[None] = loop.create_future()
            opened.append(future)
            page = partial(_Page, pages, each, future)
            found.append((await loop.create_connection(page, HOST, port))[0])
        await asyncio.wait_for(asyncio.gather(*opened), PATIENCE)
    return found


async def _told(port: int, asked: list[bytes], tell: Callable[[str], object]) -> list[float]:
    """Open the pages, tell them a word in each round, and return the seconds until the last one has read it."""
    pages, loop = Pages(), asyncio.get_running_loop()
    transports = await _open(port, asked, pages)
    times = []
    for _ in range(ROUNDS + 1):
        word = f"word-{next(_numbers)}-"
        await asyncio.sleep(0.3)
        pages.expect(word.encode(), len(asked))
        begun = time.perf_counter()
        await loop.run_in_executor(None, tell, word)
        await asyncio.wait_for(pages.over.wait(), PATIENCE)
        times.append(time.perf_counter() - begun)
    for transport in transports:
        transport.close()
    return times[1:]


def _run(work: Callable[[], Coroutine[Any, Any, list[float]]]) -> list[float]:
    with ThreadPoolExecutor(1) as thread:  # a loop may run on the caller's own thread
        return thread.submit(lambda: uvloop.run(work())).result()


def _bare(pages: int) -> list[float]:
    port = free_port()
    command = [sys.executable, "-m", "kith.config.benches.fanout", str(port)]
    with running(command, environ=clean_environment()) as process:
        if not processes.wait_until(lambda: process.poll() is not None or listening(port) > 0, seconds=PATIENCE):
            raise RuntimeError("The bare fan-out does not start.")

        async def work() -> list[float]:
            _reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(b"tell\n")
            loop = asyncio.get_running_loop()
            say = lambda word: loop.call_soon_threadsafe(writer.write, f"{word}\n".encode())  # noqa: E731
            try:
                return await _told(port, [b"page\n"] * pages, say)
            finally:
                writer.close()

        return _run(work)


def _ours(pages: int) -> list[float]:
    people = shop.employees(-(-pages // OF_A_PERSON))
    cookies = [f"{settings.SESSION_COOKIE_NAME}={reader.key}" for reader in shop.signed_in(people)]
    asked = [request("/live", cookie=cookies[number % len(cookies)]) for number in range(pages)]
    with serving(web=1) as served:
        return _run(lambda: _told(served.port, asked, lambda word: push_all(event="inbox", data={"word": word})))


def live(n: int) -> Row:
    """Tell 3,000 open pages (fewer where there are fewer people) of one event, from the commit to the last page."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    pages = min(PAGES, n * OF_A_PERSON)
    limit, ours = _bare(pages), _ours(pages)
    rate = round(pages / sorted(ours)[len(ours) // 2])
    beside = (Beside("deliveries a second", rate, DELIVERIES, at_least=True),)
    return row_of(name="live", n=pages, goal=GOAL, ours=ours, limit=limit, beside=beside)


BENCHES: dict[str, Callable[[int], Row]] = {"live": live}
