"""A load of HTTP on loopback: kept connections on one event loop, so cheap that the servers have the processor."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import uvloop

HOST = "127.0.0.1"
KEPT = 64  # requests on a connection before it is made anew, so that both web processes get their share
PATIENCE = 120.0  # seconds without an answer that end a load
Requests = Iterator[bytes]


def request(
    path: str, *, method: str = "GET", cookie: str = "", body: bytes = b"", headers: dict[str, str] | None = None
) -> bytes:
    """Return the bytes of a request of HTTP/1.1."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept: text/html"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Answers:
    """What came back: seconds of each answer, statuses by number, one body, and how long it all took."""

    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0

    @property
    def cost(self) -> float:
        """Seconds for one answer, all clients together."""
        return self.seconds / len(self.times)

    def quantile(self, share: float) -> float:
        """Return the time within which this share of the answers came."""
        return sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]


class _Client(asyncio.Protocol):
    """One connection that sends a request as soon as the answer to the last one is complete."""

    def __init__(self, requests: Requests, answers: Answers, until: float, over: asyncio.Future[None]) -> None:
        self._requests, self._answers, self._until, self._over = requests, answers, until, over
        self._got, self._missing, self._begun, self._asked = b"", 0, 0.0, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        wanted = next(self._requests, None) if time.perf_counter() < self._until else None
        if wanted is None:
            self._end()
            return
        self._asked += 1
        self._begun = time.perf_counter()
        self._transport.write(wanted)  # type: ignore[attr-defined]

    def _end(self) -> None:
        self._transport.close()
        if not self._over.done():
            self._over.set_result(None)

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._got += data
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return
            self._head(end)
        if not self._missing:
            self._answers.times.append(time.perf_counter() - self._begun)
            self._got = b""
            if self._asked == KEPT:
                self._end()
            else:
                self._ask()

    def _head(self, end: int) -> None:
        head = self._got[:end].lower()
        status = int(head[9:12])
        self._answers.statuses[status] = self._answers.statuses.get(status, 0) + 1
        place = head.index(b"content-length:") + 15
        self._missing = int(head[place : (head + b"\r").index(b"\r", place)]) - (len(self._got) - end - 4)
        if not self._missing:
            self._answers.body = self._got[end + 4 :]

    def connection_lost(self, error: Exception | None) -> None:
        if not self._over.done():
            self._over.set_exception(error or ConnectionError("The server closed the connection."))


async def _client(port: int, requests: Requests, answers: Answers, until: float) -> None:
    loop = asyncio.get_running_loop()
    before = -1
    while before < len(answers.times) and time.perf_counter() < until:
        before = len(answers.times)
        over: asyncio.Future[None] = loop.create_future()
        await loop.create_connection(partial(_Client, requests, answers, until, over), HOST, port)
        await over


async def _all(port: int, requests: Callable[[int], Requests], *, clients: int, seconds: float) -> Answers:
    answers = [Answers() for _ in range(clients)]
    begun = time.perf_counter()
    until = begun + seconds
    work = [_client(port, requests(number), one, until) for number, one in enumerate(answers)]
    await asyncio.wait_for(asyncio.gather(*work), seconds + PATIENCE)
    total = Answers(body=answers[0].body, seconds=time.perf_counter() - begun)
    for one in answers:
        total.times += one.times
        for status, count in one.statuses.items():
            total.statuses[status] = total.statuses.get(status, 0) + count
    return total


def press(port: int, requests: Callable[[int], Requests], *, clients: int, seconds: float) -> Answers:
    """Let `clients` each send its requests one after another, until they end or `seconds` are over."""
    with ThreadPoolExecutor(1) as thread:  # a loop may run on the caller's own thread
        return thread.submit(lambda: uvloop.run(_all(port, requests, clients=clients, seconds=seconds))).result()
