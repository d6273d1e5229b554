"""A streamed answer between the thread that makes it and the client that takes it, at a speed of their own each."""

import asyncio
import tempfile
import threading
from collections import deque

IN_MEMORY = 1_048_576  # bytes waiting in memory; what comes on top waits in a file
BLOCK = 262_144  # bytes read from the file at once


class ReaderGoneError(Exception):
    """The client left; the generator may stop."""


class StreamBrokenError(Exception):
    """The generator failed on the way; the connection must be cut, not ended as if all were there."""


class Spill:
    """A queue of bytes. The page thread never waits for a slow client: what is not taken yet goes to disk."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Serve a reader on `loop`."""
        self._loop = loop
        self._lock = threading.Lock()
        self._waiting: deque[bytes] = deque()
        self._in_memory = 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        self._written = 0
        self._read = 0
        self._ended = False
        self._broken = False
        self._closed = False
        self._news = asyncio.Event()

    def put(self, chunk: bytes) -> None:
        """Add `chunk` (from the page thread). Raises `ReaderGoneError` once nobody reads any more."""
        with self._lock:
            if self._closed:
                raise ReaderGoneError
            if self._in_memory + len(chunk) <= IN_MEMORY and self._read == self._written:
                self._waiting.append(chunk)
                self._in_memory += len(chunk)
            else:
                self._file.seek(self._written)
                self._written += self._file.write(chunk)
        self._loop.call_soon_threadsafe(self._news.set)

    def end(self, *, broken: bool = False) -> None:
        """Say that nothing more comes (from the page thread); `broken`: though it should have."""
        with self._lock:
            self._ended = True
            self._broken = broken
        self._loop.call_soon_threadsafe(self._news.set)

    async def take(self) -> bytes:
        """Return the next bytes, waiting for them; empty at the end. Raises `StreamBrokenError` at a broken end."""
        while True:
            self._news.clear()
            with self._lock:
                if chunk := self._next():
                    return chunk
                if self._closed:
                    return b""
                if self._broken:
                    raise StreamBrokenError
                if self._ended:
                    return b""
            await self._news.wait()

    def close(self) -> None:
        """Forget everything: the reader is done or gone (from the event loop)."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            self._read = self._written
            self._file.close()
        self._news.set()

    def _next(self) -> bytes:
        """Return what came first: memory is always older than the file while the file has unread bytes."""
        if self._waiting:
            joined = b"".join(self._waiting)
            self._waiting.clear()
            self._in_memory = 0
            return joined
        if self._read < self._written:
            self._file.seek(self._read)
            block = self._file.read(BLOCK)
            self._read += len(block)
            return block
        return b""
