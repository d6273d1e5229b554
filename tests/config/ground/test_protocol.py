import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from kith.config.ground import protocol


async def application(scope: Any, _receive: Any, send: Any) -> None:
    body = f"{scope['method']} {len(scope['headers'])}".encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]}
    )
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def port() -> Iterator[int]:
    """Run a uvicorn with our protocol on a free port."""
    config = uvicorn.Config(application, http=protocol.Protocol, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield int(listener.getsockname()[1])
        server.should_exit = True
        thread.join(10)


def say(port: int, *parts: bytes) -> bytes:
    """Send the parts and return everything that comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            for part in parts:
                connection.sendall(part)
        except OSError:
            pass  # it closed on us; what it said first is still to be read
        answer = b""
        try:
            while block := connection.recv(65_536):
                answer += block
        except ConnectionResetError:
            pass
        return answer


def test_usual_requests_are_answered_also_two_on_one_connection(port: int) -> None:
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = say(port, request, request.replace(b"Host: x", b"Host: x\r\nConnection: close"))
    assert answer.count(b"HTTP/1.1 200") == 2


def test_a_header_without_end_is_refused(port: int) -> None:
    answer = say(port, b"GET / HTTP/1.1\r\nX: ", *[b"a" * 65_536] * 40)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431")


def test_a_large_body_is_not_taken_for_a_head(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4000000\r\n\r\n"
    assert say(port, head + b"b" * 4_000_000).startswith(b"HTTP/1.1 200")


def test_a_connection_that_says_nothing_is_closed(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.2)
    begun = time.monotonic()
    assert say(port, b"GET / HT") == b""
    assert time.monotonic() - begun < 5
