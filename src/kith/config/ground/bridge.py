"""The bridge from uvicorn to Django: one thread call per page, bodies read before it, streams beside it.

A page (the usual answer) costs one hop into a thread and back. A file is sent block by block without a page
thread. A generator runs on the thread that began it (translations and database connections are the thread's
own) and spills to disk when its client is slow.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from kith.config.ground import bodies, environ
from kith.config.ground.bodies import Receive, Scope, Send
from kith.config.ground.spill import ReaderGoneError, Spill

log = logging.getLogger("kith.bridge")

Wsgi = Callable[..., Iterable[bytes]]
WHOLE_FILE = 262_144  # bytes up to which a file is read in the page thread
MOST_WAITING = 1_000  # requests waiting for a thread; more are answered 503
_TEXT = (b"content-type", b"text/plain; charset=utf-8")


@dataclass
class Answer:
    """Status, headers, and either the whole body or the file that holds it."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    file: environ.FileOnDisk | None = None

    def start(self, status: str, headers: list[tuple[str, str]], _failure: object = None) -> Callable[[bytes], None]:
        """Take status and headers: WSGI's `start_response`."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self._write

    def _write(self, chunk: bytes) -> None:
        self.body += chunk


class Bridge:
    """An ASGI application around a WSGI one. `scheme` is that of the one address, whatever a header claims."""

    def __init__(self, wsgi: Wsgi, *, threads: int = 4, scheme: str = "http", limit: int = bodies.LIMIT) -> None:
        """Answer with `wsgi` on `threads` threads; refuse bodies over `limit` bytes."""
        self._wsgi = wsgi
        self._scheme = scheme
        self._limit = limit
        self._pages = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._files = ThreadPoolExecutor(2, thread_name_prefix="file")
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._waiting >= MOST_WAITING:
            await refuse(send, status=503, sentence="Too many people at once; try again in a moment.")
            return
        try:
            body, length = await bodies.read_body(scope=scope, receive=receive, limit=self._limit)
        except bodies.ClientGoneError:
            return
        except bodies.BodyRefusedError as refusal:
            await refuse(send, status=refusal.status, sentence=refusal.sentence)
            return
        self._waiting += 1
        try:
            with body:
                environment = environ.build(scope=scope, body=body, length=length, scheme=self._scheme)
                await self._answer(environment, receive=receive, send=send)
        finally:
            self._waiting -= 1

    async def _answer(self, environment: dict[str, Any], *, receive: Receive, send: Send) -> None:
        call = _Call(wsgi=self._wsgi, environment=environment, loop=asyncio.get_running_loop())
        work = asyncio.ensure_future(call.loop.run_in_executor(self._pages, call.run))
        either: set[asyncio.Future[Any]] = {work, call.streaming}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if call.streaming.done():
            try:
                await _send_stream(call.answer, call.streaming.result(), receive=receive, send=send)
            finally:
                await work
            return
        work.result()
        if call.answer.file is not None:
            await self._send_file(call.answer, call.answer.file, send=send)
            return
        await _send_whole(call.answer, send=send)

    async def _send_file(self, answer: Answer, file: environ.FileOnDisk, *, send: Send) -> None:
        loop = asyncio.get_running_loop()
        try:
            await _send_head(answer, send=send)
            while block := await loop.run_in_executor(self._files, file.read):
                await send({"type": "http.response.body", "body": block, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await loop.run_in_executor(self._files, file.close)


class _Call:
    """One run of the application on a page thread."""

    def __init__(self, *, wsgi: Wsgi, environment: dict[str, Any], loop: asyncio.AbstractEventLoop) -> None:
        self.answer = Answer()
        self.loop = loop
        self.streaming: asyncio.Future[Spill] = loop.create_future()
        self._wsgi = wsgi
        self._environment = environment

    def run(self) -> None:
        """Fill `answer`; a stream is announced through `streaming` and made on this thread to its end."""
        try:
            result = self._wsgi(self._environment, self.answer.start)
            if isinstance(result, environ.FileOnDisk):
                self._take_file(result)
            elif isinstance(result, StreamingHttpResponse):
                self._stream(result)
            else:
                self.answer.body += b"".join(result)
                if isinstance(result, HttpResponseBase):
                    result.close()
        except Exception:
            log.exception("The application failed outside of its own handling.")
            self.answer = Answer(500, [_TEXT], b"Something went wrong here; it has been noted.")

    def _take_file(self, file: environ.FileOnDisk) -> None:
        announced = dict(self.answer.headers).get(b"content-length", b"")
        if not announced.isdigit() or int(announced) > WHOLE_FILE:
            self.answer.file = file
            return
        try:
            while block := file.read():
                self.answer.body += block
        finally:
            file.close()

    def _stream(self, response: StreamingHttpResponse) -> None:
        spill = Spill(self.loop)
        self.loop.call_soon_threadsafe(self.streaming.set_result, spill)
        broken = True
        try:
            for chunk in response:
                spill.put(chunk)
            broken = False
        except ReaderGoneError:
            log.info("A reader left before the end of a stream.")
        except Exception:
            log.exception("A stream broke off.")
        finally:
            spill.end(broken=broken)
            response.close()


async def refuse(send: Send, *, status: int, sentence: str) -> None:
    """Answer without the application: `status`, one sentence as text, and the connection ends."""
    body = sentence.encode()
    headers = [_TEXT, (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    if status == 503:  # noqa: PLR2004
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _send_whole(answer: Answer, *, send: Send) -> None:
    names = {name for name, _ in answer.headers}
    if answer.body and b"content-length" not in names:
        answer.headers.append((b"content-length", str(len(answer.body)).encode()))
    await _send_head(answer, send=send)
    await send({"type": "http.response.body", "body": answer.body})


async def _send_head(answer: Answer, *, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})


async def _send_stream(answer: Answer, spill: Spill, *, receive: Receive, send: Send) -> None:
    """Send what the page thread makes; stop it when the client leaves."""
    watch = asyncio.create_task(_close_when_gone(receive, spill))
    try:
        await _send_head(answer, send=send)
        while block := await spill.take():
            await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        watch.cancel()
        spill.close()


async def _close_when_gone(receive: Receive, spill: Spill) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    spill.close()
