"""What tests of the API need: a program that asks in a person's name."""

import itertools
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from kith.access.apitokens.actions import issue_token
from kith.kernel import clock
from kith.people.persons.models import Person
from tests.access import make as access

_keys = itertools.count(1)


def token(person: Person, *scopes: str) -> str:
    at = clock.now()
    return issue_token(person=person, name="tests", scopes=scopes, expires_at=at + timedelta(days=1), at=at)


@dataclass
class Said:
    """An answer: its status, its JSON, its headers."""

    status: int
    body: Any
    headers: dict[str, str]
    kind: str


@dataclass
class Program:
    """A program with a token of `person`, who gets `roles`."""

    person: Person
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("read", "write")
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        access.grant(self.person, *self.roles)
        self.token = token(self.person, *self.scopes)

    def ask(self, method: str, path: str, body: Any = None, *, key: str | None = "", **headers: str) -> Said:
        sent = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): v for name, v in headers.items()}}
        if key is not None and method == "post":
            sent["Idempotency-Key"] = key or f"key-{next(_keys)}"
        more: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        url = path if path.startswith("/") else f"/api/v1/{path}"
        answer = getattr(self.client, method)(url, headers=sent, **more)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        said = json.loads(answer.content) if answer.content and "json" in kind else None
        return Said(answer.status_code, said, dict(answer.headers), kind)

    def get(self, path: str, **more: Any) -> Said:
        return self.ask("get", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Said:
        return self.ask("post", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> Said:
        return self.ask("put", path, body, **more)


def is_problem(said: Said, status: int) -> bool:
    """Say whether an answer is problem details as RFC 9457 wants them, with a sentence."""
    body = said.body or {}
    return (
        (said.status, said.kind) == (status, "application/problem+json")
        and body["status"] == status
        and body["type"] == "about:blank"
        and bool(body["title"])
        and body["detail"].rstrip().endswith((".", "…"))
    )
