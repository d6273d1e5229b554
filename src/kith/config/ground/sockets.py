"""Listening sockets: one per web process on the same port, and a look whether the port is free."""

import socket
from typing import Any

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class PortTakenError(Exception):
    """Another program listens there; the sentence names the port."""


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, Any]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise PortTakenError(f"{host!r} is no address of this machine; try --host 127.0.0.1.") from None
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, address


def check_free(*, host: str, port: int) -> None:
    """Raise `PortTakenError` unless `host`:`port` can be listened on by this user and nobody does yet."""
    family, address = _resolve(host, port)
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise PortTakenError(
                f"Cannot listen on {host} port {port} ({error.strerror}); choose another with --port."
            ) from None


def listener(*, host: str, port: int) -> socket.socket:
    """Return a socket that shares `port` with the other web processes; the kernel spreads new connections."""
    family, address = _resolve(host, port)
    one = socket.socket(family)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    one.bind(address)
    one.setblocking(False)
    return one


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    return host in LOOPBACK or host.startswith("127.")


def name_of(host: str) -> str:
    """Return how others can address a server on `host`: itself, or for all interfaces this machine's own address."""
    if host not in {"0.0.0.0", "::", ""}:  # noqa: S104  (we compare, we do not bind)
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737's documentation address: picks a route, sends nothing
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
