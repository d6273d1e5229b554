"""Open streams of a web process, so that they can be closed when it is to end."""

import asyncio
from collections.abc import Awaitable, Callable

from kith.config.ground.bodies import Message, Receive, Scope, Send

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class Streams:
    """An ASGI application around another whose answers last: `close` ends all of them, readers reconnect elsewhere."""

    def __init__(self, application: Asgi) -> None:
        """Answer with `application`."""
        self._application = application
        self._open: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request until its stream ends, its reader leaves, or `close` is called."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        async def run() -> None:
            await self._application(scope, receive, noting)

        task = asyncio.create_task(run())
        self._open.add(task)
        try:
            await asyncio.wait({task})
        finally:
            self._open.discard(task)
            task.cancel()
        if not task.cancelled():
            task.result()
        elif begun:
            await send({"type": "http.response.body", "body": b""})

    def close(self) -> None:
        """End every open stream (from the event loop)."""
        for task in self._open:
            task.cancel()


async def absent(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer 404: there is no live stream."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})
