"""The one client by which Kith asks other machines: it never reaches into our own network (SSRF).

A name is resolved once; every address it has must be public; the connection goes to that very address, with the
right Host and SNI. No redirects are followed, no proxy is asked, an exchange ends after 5 seconds and 1 MB. Hosts
in `settings.KITH_OUTBOUND_HOSTS` are trusted: they may be private, and be asked by plain http. What is refused is
refused with one and the same sentence, so that nobody learns from it what stands behind our walls.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

import httptools
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput

SECONDS = 5.0
MOST = 1_048_576
LONGEST = 500
PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$")
_HEADER = re.compile(r"^[A-Za-z0-9-]+$")
_IPV6 = ipaddress.ip_network("2000::/3")
_CLOSED = [
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
]  # fmt: skip
"""IANA's special-purpose registries; of IPv6, where an IPv4 address may hide (6to4, Teredo), too."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class UnreachableError(Exception):
    """No answer came: no connection, no time left, no TLS, no HTTP, or too much. The message is safe to show."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status; redirects are not followed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was looked at: where the connection goes, and as whom it asks."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def refusal() -> BadInput:
    """Return the one answer to every address we do not ask."""
    return BadInput(
        _("We do not send there. Give a public address that begins with https://, without a name or password in it."),
        field="url",
    )


def is_public(address: str) -> bool:
    """Say whether an IP address, in any spelling the resolver gives, belongs to the open internet."""
    try:
        ip: Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip not in _IPV6 or ip.scope_id is not None):
        return False
    return not any(ip in net for net in _CLOSED if net.version == ip.version)


def _parsed(url: str) -> tuple[SplitResult, str, int]:
    """Return an address in parts, its host as it is asked for, and the port; refused when it is written oddly."""
    if not 1 <= len(url) <= LONGEST or not url.isascii() or any(ord(sign) <= 32 or sign == "\\" for sign in url):  # noqa: PLR2004  (controls and blanks)
        raise refusal()
    try:
        parts = urlsplit(url)
        port = parts.port if parts.port is not None else PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise refusal() from error
    host = (parts.hostname or "").lower()
    literal = parts.netloc.startswith("[")
    if parts.scheme not in PORTS or "@" in parts.netloc or "%" in parts.netloc or not 0 < port < 65536:  # noqa: PLR2004  (ports)
        raise refusal()
    if not literal and not _HOST.match(host):
        raise refusal()
    return parts, host, port


def is_trusted(host: str, port: int) -> bool:
    """Say whether the operator lets us ask a host that need not be public."""
    trusted = settings.KITH_OUTBOUND_HOSTS
    return host in trusted or f"{host}:{port}" in trusted or f"[{host}]:{port}" in trusted


def look_at(url: str) -> Target:
    """Return where `url` leads, resolved once; `BadInput` for everything that is not the open internet by https.

    `UnreachableError` when the name has no address. Not inside a transaction: a resolver may take its time.
    """
    parts, host, port = _parsed(url)
    trusted = is_trusted(host, port)
    if parts.scheme != "https" and not trusted:
        raise refusal()
    addresses = _resolved(host, port)
    if not trusted and not all(is_public(address) for address in addresses):
        raise refusal()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, port=port, path=path, addresses=addresses)


def _resolved(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host; a resolver that takes too long is left alone."""
    if connection.in_atomic_block:
        message = "The network is not asked inside a transaction."
        raise RuntimeError(message)
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(str(row[4][0]) for row in rows)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(SECONDS)
    addresses = tuple(dict.fromkeys(found))
    if not addresses:
        raise UnreachableError(_("This name has no address."))
    return addresses


@dataclass(slots=True)
class _Reading:
    """What httptools has read so far; its callbacks by the names it looks for."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    headed: bool = False
    done: bool = False
    parser: "httptools.HttpResponseParser | None" = None

    def on_message_begin(self) -> None:
        self.headers, self.headed = {}, False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.headed = True

    def on_body(self, body: bytes) -> None:
        self.size += len(body)
        self.parts.append(body)

    def on_message_complete(self) -> None:
        self.status = self.parser.get_status_code() if self.parser else 0
        self.done = self.status >= 200  # noqa: PLR2004  (1xx announces the answer)


def fetch(
    url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b"", most: int = MOST
) -> Answer:
    """Ask `url` once and return what it answers, within 5 seconds and `most` bytes.

    `BadInput` for an address we do not ask; `UnreachableError` when no whole answer came. Not inside a transaction.
    """
    until = time.monotonic() + SECONDS
    target = look_at(url)
    request = _written(target, method, headers or {}, body)
    try:
        with _connected(target, until) as channel:
            channel.settimeout(_left(until))
            channel.sendall(request)
            return _read(channel, until, most)
    except ssl.SSLError as error:
        raise UnreachableError(_("No secure connection could be made.")) from error
    except OSError as error:
        raise UnreachableError(_("There was no answer in time.")) from error
    except httptools.HttpParserError as error:
        raise UnreachableError(_("What came back is no HTTP.")) from error


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connected(target: Target, until: float) -> socket.socket:
    """Return a connection to the very address that was looked at; TLS proves the name."""
    plain = _plain(target, until)
    if target.scheme == "http":
        return plain
    try:
        plain.settimeout(_left(until))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


def _plain(target: Target, until: float) -> socket.socket:
    """Return a connection to the first of the addresses that answers."""
    failed: OSError = TimeoutError()
    for address in target.addresses[:4]:
        try:
            return socket.create_connection((address, target.port), timeout=_left(until))
        except OSError as error:
            failed = error
    raise failed


def _written(target: Target, method: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """Return the request as it goes over the wire; a header that could end early is a mistake of ours."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    named = host if target.port == PORTS[target.scheme] else f"{host}:{target.port}"
    lines = {"Host": named, "User-Agent": "Kith", "Accept": "*/*", "Connection": "close", **headers}
    if body or method not in {"GET", "HEAD"}:
        lines["Content-Length"] = str(len(body))
    for name, value in lines.items():
        if not _HEADER.match(name) or not value.isascii() or any(sign in value for sign in "\r\n\0"):
            message = f"The header {name!r} cannot be sent."
            raise ValueError(message)
    head = [f"{method} {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in lines.items())]
    return "\r\n".join([*head, "", ""]).encode("ascii") + body


def _read(channel: socket.socket, until: float, most: int) -> Answer:
    reading = _Reading()
    reading.parser = parser = httptools.HttpResponseParser(reading)
    raw = 0
    while not reading.done:
        channel.settimeout(_left(until))
        chunk = channel.recv(65536)
        raw += len(chunk)
        if raw > most + 65536 or reading.size > most:
            raise UnreachableError(_("The answer is larger than we take."))
        if not chunk:
            return _ended(reading, parser)
        parser.feed_data(chunk)
    if reading.size > most:
        raise UnreachableError(_("The answer is larger than we take."))
    return Answer(reading.status, reading.headers, b"".join(reading.parts))


def _ended(reading: _Reading, parser: "httptools.HttpResponseParser") -> Answer:
    """Return an answer that ends with its connection; one that was cut short is none."""
    status = parser.get_status_code()
    whole = (
        reading.headed
        and "content-length" not in reading.headers
        and "chunked" not in reading.headers.get("transfer-encoding", "")
    )
    if not whole:
        raise UnreachableError(_("There was no answer in time."))
    return Answer(status, reading.headers, b"".join(reading.parts))
