import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.http import StreamingHttpResponse

from kith.config.ground import bodies, environ
from kith.config.ground.bridge import Bridge

MIB = 1_048_576


class Client:
    """Plays uvicorn: hands over a request's messages and keeps what the application sends."""

    def __init__(self, chunks: Iterable[bytes] = (b"",), *, slow_to_take: float = 0.0) -> None:
        parts = list(chunks)
        self.incoming = [
            {"type": "http.request", "body": part, "more_body": number < len(parts) - 1}
            for number, part in enumerate(parts)
        ]
        self.sent: list[dict[str, Any]] = []
        self.gone = asyncio.Event()
        self.slow_to_take = slow_to_take

    async def receive(self) -> dict[str, Any]:
        if self.incoming:
            return self.incoming.pop(0)
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await asyncio.sleep(self.slow_to_take)
        self.sent.append(dict(message))

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


def scope(
    *headers: tuple[bytes, bytes], path: bytes = b"/", query: bytes = b"", method: str = "POST"
) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "raw_path": path, "path": path.decode("latin-1"), "query_string": query,
        "http_version": "1.1", "headers": list(headers), "server": ("127.0.0.1", 8000), "client": ("10.0.0.9", 4711),
    }  # fmt: skip


def ask(wsgi: Callable[..., Any], client: Client, asked: dict[str, Any], **options: Any) -> None:
    asyncio.run(asyncio.wait_for(Bridge(wsgi, **options)(asked, client.receive, client.send), timeout=20))


def length_of_body(environment: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    body = environment["wsgi.input"].read()
    return [f"{len(body)} {environment['CONTENT_LENGTH']}".encode()]


@pytest.mark.parametrize("size", [0, 1, MIB, MIB + 1, 9 * MIB])
def test_a_body_of_any_size_arrives_whole_with_its_length(size: int) -> None:
    data = b"x" * size
    client = Client([data[at : at + 65_536] for at in range(0, size, 65_536)] or [b""])
    ask(length_of_body, client, scope())
    assert client.status == 200
    assert client.body == f"{size} {size}".encode()


def test_a_body_over_the_limit_is_answered_413_with_the_limit_in_the_sentence() -> None:
    called: list[int] = []
    client = Client([b"x" * MIB] * 5)
    ask(lambda *_: called.append(1) or [b""], client, scope(), limit=3 * MIB)
    assert (client.status, client.body) == (413, b"The request is too large: at most 3 MiB at once.")
    assert called == []
    assert client.incoming != [], "the rest was not read"


def test_an_announced_length_over_the_limit_is_refused_before_a_byte_is_read() -> None:
    client = Client([b"x"])
    ask(length_of_body, client, scope((b"content-length", str(65 * MIB).encode())))
    assert client.status == 413
    assert len(client.incoming) == 1


def test_a_body_that_never_comes_is_given_up() -> None:
    async def run() -> None:
        client = Client([])
        with pytest.raises(bodies.BodyRefusedError) as refused:
            await bodies.read_body(scope=scope(), receive=client.receive, patience=0.05)
        assert refused.value.status == 408

    asyncio.run(run())


def test_a_client_that_leaves_in_its_upload_calls_no_page() -> None:
    called: list[int] = []

    async def run() -> None:
        client = Client([b"a", b"b"])
        client.incoming.pop()
        client.gone.set()
        await Bridge(lambda *_: called.append(1) or [b""])(scope(), client.receive, client.send)
        assert client.sent == []

    asyncio.run(run())
    assert called == []


def test_slow_uploads_hold_no_page_thread() -> None:
    async def run() -> float:
        bridge = Bridge(length_of_body, threads=1)
        slow = [Client([]) for _ in range(20)]
        uploads = [asyncio.create_task(bridge(scope(), one.receive, one.send)) for one in slow]
        await asyncio.sleep(0.05)
        begun = time.monotonic()
        page = Client()
        await bridge(scope(), page.receive, page.send)
        took = time.monotonic() - begun
        assert page.status == 200
        for one in slow:
            one.gone.set()
        await asyncio.gather(*uploads)
        return took

    assert asyncio.run(run()) < 1.0


def stream_of(chunks: Iterator[bytes]) -> Callable[..., Any]:
    def wsgi(_environment: dict[str, Any], start: Callable[..., Any]) -> Any:
        response = StreamingHttpResponse(chunks)
        start("200 OK", list(response.items()))
        return response

    return wsgi


def test_a_stream_arrives_in_order_and_complete() -> None:
    client = Client(slow_to_take=0.001)
    ask(stream_of(f"{number:06d}".encode() * 20_000 for number in range(60)), client, scope(method="GET"))
    assert client.body == b"".join(f"{number:06d}".encode() * 20_000 for number in range(60))
    assert client.sent[-1].get("more_body", False) is False


def test_the_first_bytes_of_a_stream_leave_before_the_last_are_made() -> None:
    go_on = threading.Event()

    def chunks() -> Iterator[bytes]:
        yield b"first"
        assert go_on.wait(10)
        yield b"last"

    async def run() -> None:
        client = Client()
        bridge = Bridge(stream_of(chunks()))
        task = asyncio.create_task(bridge(scope(), client.receive, client.send))
        while client.body != b"first":
            await asyncio.sleep(0.01)
        go_on.set()
        await asyncio.wait_for(task, 10)
        assert client.body == b"firstlast"

    asyncio.run(run())


def test_a_slow_reader_of_a_stream_does_not_hold_the_page_thread() -> None:
    async def run() -> None:
        made = threading.Event()

        def chunks() -> Iterator[bytes]:
            for _ in range(100):
                yield b"x" * 200_000
            made.set()

        client = Client()
        stuck = asyncio.Event()

        async def send(message: Any) -> None:
            await stuck.wait()
            await Client.send(client, message)

        bridge = Bridge(stream_of(chunks()), threads=1)
        task = asyncio.create_task(bridge(scope(), client.receive, send))
        assert await asyncio.to_thread(made.wait, 10), "the generator waited for its reader"
        stuck.set()
        await task
        assert len(client.body) == 20_000_000

    asyncio.run(run())


def test_a_generator_ends_when_its_reader_leaves() -> None:
    ended = threading.Event()

    def chunks() -> Iterator[bytes]:
        try:
            while True:
                time.sleep(0.001)
                yield b"x"
        finally:
            ended.set()

    async def run() -> None:
        client = Client()
        task = asyncio.create_task(Bridge(stream_of(chunks()))(scope(), client.receive, client.send))
        while len(client.sent) < 5:
            await asyncio.sleep(0.01)
        client.gone.set()
        await asyncio.wait_for(task, 10)

    asyncio.run(run())
    assert ended.is_set()


def test_a_stream_that_fails_is_cut_and_not_ended_as_if_it_were_complete() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise ValueError

    client = Client()
    with pytest.raises(Exception):  # noqa: B017, PT011  (whatever it is, uvicorn cuts the connection on it)
        ask(stream_of(chunks()), client, scope())
    assert all(message.get("more_body", True) for message in client.sent)


def test_a_file_is_sent_block_by_block_and_closed(tmp_path: Any) -> None:
    content = bytes(range(256)) * 4096
    path = tmp_path / "file"
    path.write_bytes(content)
    opened = path.open("rb")

    def wsgi(environment: dict[str, Any], start: Callable[..., Any]) -> Any:
        start("200 OK", [("Content-Length", str(len(content)))])
        return environment["wsgi.file_wrapper"](opened, 4096)

    client = Client()
    ask(wsgi, client, scope(method="GET"))
    assert client.body == content
    assert opened.closed


def test_an_application_that_fails_answers_500_without_a_word_of_why() -> None:
    def wsgi(*_: Any) -> Any:
        raise RuntimeError("secret")

    client = Client()
    ask(wsgi, client, scope())
    assert client.status == 500
    assert b"secret" not in client.body


def test_headers_with_an_underscore_and_the_forwarded_scheme_are_not_believed() -> None:
    seen: dict[str, Any] = {}

    def wsgi(environment: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        seen.update(environment)
        start("204 No Content", [])
        return []

    headers = (
        (b"x_forwarded_for", b"6.6.6.6"),
        (b"x-forwarded-proto", b"http"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
    )
    ask(wsgi, Client(), scope(*headers, path=b"/caf%C3%A9/%ff", query=b"q=%20"), scheme="https")
    assert "HTTP_X_FORWARDED_FOR" not in seen
    assert seen["wsgi.url_scheme"] == "https"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["PATH_INFO"].encode("latin-1") == b"/caf\xc3\xa9/\xff"
    assert seen["QUERY_STRING"] == "q=%20"
    assert seen["REMOTE_ADDR"] == "10.0.0.9"


def test_too_many_waiting_requests_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kith.config.ground.bridge.MOST_WAITING", 0)
    client = Client()
    ask(length_of_body, client, scope())
    assert client.status == 503
    assert (b"retry-after", b"1") in client.sent[0]["headers"]


def test_content_length_from_the_client_is_replaced_by_what_came() -> None:
    body = environ.build(scope=scope((b"content-length", b"999")), body=None, length=3, scheme="http")  # type: ignore[arg-type]
    assert body["CONTENT_LENGTH"] == "3"
