"""Request bodies, read whole before a thread is asked for: small ones in memory, large ones in a file, with limits."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import IO, Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Scope = MutableMapping[str, Any]

IN_MEMORY = 1_048_576  # bytes kept in memory; more goes to a temporary file
LIMIT = 67_108_864  # bytes; more is answered 413
PATIENCE = 60.0  # seconds without a byte after which a body is given up


class BodyRefusedError(Exception):
    """The body is too large (413) or never came (408); carries the status and the sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        """Carry the answer."""
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class ClientGoneError(Exception):
    """The client went away before its body was complete."""


def announced_length(scope: Scope) -> int | None:
    """Return the Content-Length the client announced, if it did."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return None


async def read_body(
    *, scope: Scope, receive: Receive, limit: int = LIMIT, patience: float = PATIENCE
) -> tuple[IO[bytes], int]:
    """Return the whole body as a file at its beginning, and its length in bytes.

    Raises `BodyRefusedError` as soon as the announced or received length passes `limit`, or no byte came for
    `patience` seconds, and `ClientGoneError` when the connection ended early. The caller closes the file.
    """
    if (announced_length(scope) or 0) > limit:
        raise _too_large(limit)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (handed to the caller)
    try:
        length = await _fill(file, receive=receive, limit=limit, patience=patience)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file, length


async def _fill(file: IO[bytes], *, receive: Receive, limit: int, patience: float) -> int:
    length = 0
    more = True
    while more:
        message = await _next(receive, patience=patience)
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        chunk = message.get("body", b"")
        more = message.get("more_body", False)
        length += len(chunk)
        if length > limit:
            raise _too_large(limit)
        file.write(chunk)
    return length


async def _next(receive: Receive, *, patience: float) -> Message:
    try:
        return await asyncio.wait_for(receive(), timeout=patience)
    except TimeoutError:
        raise BodyRefusedError(408, "The request did not arrive completely; send it again.") from None


def _too_large(limit: int) -> BodyRefusedError:
    return BodyRefusedError(413, f"The request is too large: at most {limit // 1_048_576} MiB at once.")
