"""The one outbound client: what it never asks, whom it connects to, and when it stops (reliability 27)."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kith.kernel import outbound
from kith.kernel.refusals import BadInput

pytestmark = [pytest.mark.fault, pytest.mark.row(27)]


@pytest.fixture
def canary() -> Iterator[tuple[int, list[str]]]:
    """Yield the port of a listener on every loopback address, and what reached it."""
    seen: list[str] = []
    listener = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    listener.settimeout(0.1)
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                channel, where = listener.accept()
                seen.append(str(where))
                channel.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield listener.getsockname()[1], seen
    stop.set()
    thread.join()
    listener.close()


HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0",  # noqa: S104  (asked, not bound)
    "localhost", "localhost.", "LOCALHOST", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.000.000.001", "0x7f.0x0.0x0.0x1",
    "169.254.169.254", "[fd00:ec2::254]", "[fe80::1]", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1",
    "user@127.0.0.1", "example.com@127.0.0.1", "127.0.0.1#@example.com", "127.0.0.1%2f@example.com", "１２７.0.0.1",
]  # fmt: skip
SCHEMES = ["file:///etc/passwd", "gopher://127.0.0.1:{port}/x", "unix:///run/x.sock", "ftp://127.0.0.1:{port}/",
           "dict://127.0.0.1:{port}/", "//127.0.0.1:{port}/", "https:/\\127.0.0.1:{port}/", "https://127.0.0.1:{port}\t/",
           "https://\r\nHost: x/", "javascript:alert(1)"]  # fmt: skip


def test_forty_targets_get_no_connection(
    canary: tuple[int, list[str]], measured: Callable[[str, str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, seen = canary
    closed = _closed_port()
    targets = [f"https://{host}:{port}/" for host in HOSTS] + [each.format(port=port) for each in SCHEMES]
    assert len(targets) >= 40
    said = set()
    for target in targets:
        with pytest.raises((BadInput, outbound.UnreachableError)) as refusal:
            outbound.fetch(target)
        said.add(str(refusal.value))
        with pytest.raises((BadInput, outbound.UnreachableError)) as other:
            outbound.fetch(target.replace(str(port), str(closed)))
        assert str(other.value) == str(refusal.value), f"{target} tells open from closed"
    time.sleep(0.3)
    assert seen == []
    assert str(outbound.refusal()) in said
    measured(
        "SSRF",
        f"0 connections, {len(targets)}/{len(targets)} refused",
        f"{len(seen)} connections, {len(targets)} refused",
    )


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let every name have the next of `answers`; return the names that were asked for."""
    asked: list[str] = []
    turns = iter(answers)

    def answer(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in next(turns)]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", answer)
    return asked


def test_a_name_that_answers_public_first_and_private_next_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[Any] = []

    def connect(address: Any, timeout: float) -> socket.socket:
        went.append(address)
        raise OSError

    asked = _names(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    monkeypatch.setattr(outbound.socket, "create_connection", connect)
    with pytest.raises(outbound.UnreachableError):
        outbound.fetch("https://rebind.example/")
    assert (asked, went) == (["rebind.example"], [("93.184.215.14", 443)])


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, ["93.184.215.14", "10.0.0.8"])
    with pytest.raises(BadInput):
        outbound.look_at("https://both.example/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("1.1.1.1", True), ("2606:4700::1111", True), ("192.0.1.1", True), ("172.32.0.1", True),
        ("255.255.255.255", False), ("240.0.0.1", False), ("198.19.0.1", False), ("203.0.113.9", False), ("2001:db8::1", False),
        ("2001::1", False), ("fc00::1", False), ("ff02::1", False), ("fe80::1%eth0", False), ("::", False), ("nonsense", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:  # noqa: FBT001  (a table)
    assert outbound.is_public(address) is public


@contextlib.contextmanager
def served(answer: bytes, *, slow: float = 0.0, drip: bool = False) -> Iterator[tuple[int, list[bytes]]]:
    """Serve one raw answer on loopback, and keep what was asked."""
    got: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            channel, _where = listener.accept()
            with channel:
                channel.settimeout(5)
                got.append(channel.recv(65536))
                time.sleep(slow)
                for piece in [answer[i : i + 1] for i in range(len(answer))] if drip else [answer]:
                    channel.sendall(piece)
                    time.sleep(0.5 if drip else 0)

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1], got
    listener.close()
    thread.join(10)


@pytest.fixture
def trusted(settings: Any) -> None:
    settings.KITH_OUTBOUND_HOSTS = frozenset({"127.0.0.1"})


def test_a_trusted_host_is_asked_as_the_operator_said(trusted: None) -> None:
    with served(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nhi") as (port, got):
        answer = outbound.fetch(f"http://127.0.0.1:{port}/in?x=1", method="POST", headers={"X-B": "c"}, body=b"{}")
    assert (answer.status, answer.body, answer.headers["x-a"]) == (200, b"hi", "b")
    lines = got[0].split(b"\r\n")
    assert lines[0] == b"POST /in?x=1 HTTP/1.1"
    assert {f"Host: 127.0.0.1:{port}".encode(), b"X-B: c", b"Content-Length: 2", b"Connection: close"} <= set(lines)


def test_a_trusted_host_is_one_host_not_its_neighbours(trusted: None) -> None:
    for url in ("http://127.0.0.2/", "http://localhost/", "http://user@127.0.0.1/", "https://[::1]/"):
        with pytest.raises(BadInput):
            outbound.look_at(url)


def test_a_redirect_is_told_not_followed(trusted: None, canary: tuple[int, list[str]]) -> None:
    port, seen = canary
    away = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{port}/\r\nContent-Length: 0\r\n\r\n".encode()
    with served(away) as (where, _got):
        assert outbound.fetch(f"http://127.0.0.1:{where}/").status == 302
    assert seen == []


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", b"hi"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
        (b"HTTP/1.0 200 OK\r\n\r\nhi", b"hi"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    ],
)
def test_answers_of_every_form_are_read(trusted: None, raw: bytes, body: bytes) -> None:
    with served(raw) as (port, _got):
        assert outbound.fetch(f"http://127.0.0.1:{port}/").body == body


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhi", b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 3_000_000,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 3_000_000, b"HTTP/1.1 200 OK\r\nX: " + b"x" * 3_000_000,
    ],
    ids=["nothing", "ssh", "cut", "half a head", "declared large", "large", "large head"],
)  # fmt: skip
def test_what_is_no_whole_answer_is_none(trusted: None, raw: bytes) -> None:
    with served(raw) as (port, _got), pytest.raises(outbound.UnreachableError):
        outbound.fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("drip", [False, True], ids=["silent", "a byte now and then"])
def test_an_exchange_ends_in_time(trusted: None, monkeypatch: pytest.MonkeyPatch, drip: bool) -> None:  # noqa: FBT001  (a table)
    monkeypatch.setattr(outbound, "SECONDS", 1.0)
    began = time.monotonic()
    with served(b"HTTP/1.1 200 OK\r\n" * 3, slow=0 if drip else 3, drip=drip) as (port, _got):
        with pytest.raises(outbound.UnreachableError):
            outbound.fetch(f"http://127.0.0.1:{port}/")
        assert time.monotonic() - began < 2.5


def test_a_resolver_that_hangs_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *_a, **_k: time.sleep(2) or [])
    monkeypatch.setattr(outbound, "SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(outbound.UnreachableError):
        outbound.fetch("https://slow.example/")
    assert time.monotonic() - began < 2


def test_tls_must_prove_the_name(settings: Any) -> None:
    settings.KITH_OUTBOUND_HOSTS = frozenset({"127.0.0.1"})
    with served(b"HTTP/1.1 200 OK\r\n\r\n") as (port, _got), pytest.raises(outbound.UnreachableError):
        outbound.fetch(f"https://127.0.0.1:{port}/")


def test_a_header_cannot_end_early(trusted: None) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        outbound.fetch("http://127.0.0.1:9/", headers={"X-A": "b\r\nX-C: d"})


@pytest.mark.django_db
def test_the_network_is_not_asked_inside_a_transaction() -> None:
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        outbound.fetch("https://example.com/")
