"""Somebody who knows only HTTP: a signed-in browser or a program with a token, against a real web process."""

import http.client
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from kith.access.sessions.actions import open_session
from kith.kernel import clock
from kith.people.persons.models import Person
from tests.access import make as access

FORGERY = "x" * 32  # cookie and header agree; that is all the forgery check asks of a browser
FORM = "application/x-www-form-urlencoded"
File = tuple[str, str, bytes]
"""A field's name, the file's name and its bytes."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass
class Asker:
    """Asks `address`, over a connection of its own each time."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)
    patience: float = 30.0

    def ask(self, method: str, path: str, body: bytes | Iterable[bytes] = b"", **headers: str) -> Answer:
        """Send one request; `headers` may name more of them, with _ for -."""
        parts = urlsplit(self.address)
        link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=self.patience)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            link.request(method, path, body or None, {**self.headers, **named})
            answer = link.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            link.close()

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, form: Mapping[str, str], *, files: Iterable[File] = (), **headers: str) -> Answer:
        """Send a form as browsers do, in parts where there are files."""
        sent = list(files)
        if not sent:
            return self.ask("POST", path, urlencode(form).encode(), Content_Type=FORM, **headers)
        edge = secrets.token_hex(12)
        parts = [_part(edge, f'name="{name}"', value.encode()) for name, value in form.items()]
        for name, called, data in sent:
            parts.append(_part(edge, f'name="{name}"; filename="{called}"\r\nContent-Type: application/x', data))
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={edge}", **headers)


def _part(edge: str, says: str, data: bytes) -> bytes:
    return f"--{edge}\r\nContent-Disposition: form-data; {says}\r\n\r\n".encode() + data + b"\r\n"


def visitor(address: str) -> Asker:
    """Return a browser in which nobody is signed in."""
    cookie = f"{settings.CSRF_COOKIE_NAME}={FORGERY}"
    return Asker(address, {"Cookie": cookie, "X-CSRFToken": FORGERY})


def browser(address: str, person: Person, *roles: str, at: datetime | None = None) -> Asker:
    """Return a browser in which `person` is signed in (since now, or `at`), given `roles`."""
    access.grant(person, *roles)
    asker = visitor(address)
    key = open_session(login=access.login_of(person), at=at or clock.now())
    asker.headers["Cookie"] += f"; {settings.SESSION_COOKIE_NAME}={key}"
    return asker


def program(address: str, token: str) -> Asker:
    """Return a program with a bearer token."""
    return Asker(address, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})


def most_memory(address: str) -> int:
    """Return the most memory that the web process at `address` ever held, in bytes."""
    port = f"--port\0{urlsplit(address).port}\0".encode()
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if each.read_bytes().endswith(port):
                said = dict(line.split(":", 1) for line in each.with_name("status").read_text().splitlines())
                return int(said["VmHWM"].split()[0]) * 1024
        except OSError:
            continue
    raise LookupError(address)
