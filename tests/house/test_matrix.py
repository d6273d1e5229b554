"""Rows 15 and 16: every cell of docs/access.md, replayed by real people; every route, method and kind of wrong key."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from kith.access import policies
from kith.access.apitokens.actions import issue_token
from kith.access.apitokens.scopes import SCOPES
from kith.access.routes import Route, all_routes
from kith.config.checking import access as table
from kith.kernel import clock
from kith.people.persons.models import Person
from tests.access import make as access
from tests.people import make as people

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("kith.config.urls"),
    pytest.mark.fault,
    pytest.mark.row(15, 16),
]
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
DOOR = "You may not open this. Who may:"
KEYS = ("missing", "zero", "huge", "strange")
WRONG = {
    "missing": {"uuid": str(uuid.UUID(int=7)), "int": "999999999"},
    "zero": {"uuid": str(uuid.UUID(int=0)), "int": "0", "": "0"},
    "huge": {"uuid": str(uuid.UUID(int=2**128 - 1)), "int": "9" * 30, "": "9" * 3000},
    "strange": {"uuid": "0", "int": "-1", "": "%00%0d%0aX:%20y%F0%9F%92%A5"},
}
ASKED_IN = {("visitor", "/ideas/done/"), ("visitor", "/welcome/")}
"""Pages for everybody that send a visitor to sign in where the organization says so, or has its administrator."""
UNSAFE = ("post", "put", "patch", "delete")
API = ("/api/", "/scim/")


@contextmanager
def undone() -> Iterator[None]:
    """Let whatever happens inside have happened to nobody."""
    block: Any = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def concrete(path: str, key: str = "missing") -> str:
    wrong = WRONG[key]

    def filled(part: re.Match[str]) -> str:
        kind = (part[1] or "str").removesuffix("str") or "str"
        return wrong.get(kind, wrong.get("", "no-such-thing"))

    return _PART.sub(filled, path)


def persons() -> dict[str, Person | None]:
    """Return one real person for each column of the table."""
    unit = people.unit()
    found: dict[str, Person | None] = {}
    for who in table.standpoints():
        if who.person is None:
            found[who.name] = None
        elif not who.employed:
            found[who.name] = people.customer()
        else:
            found[who.name] = person = people.employee(unit=unit, language="en")
            if who.manages:
                people.employee(unit=unit, manager=person)
            access.grant(person, *who.roles)
    return found


@pytest.fixture
def browsers(db: None) -> dict[str, Client]:
    at = clock.now()
    found = {}
    for name, person in persons().items():
        browser = access.client(person, at=at)
        browser.raise_request_exception = False
        browser.kept = browser.cookies.copy()  # type: ignore[attr-defined]
        if person is not None:
            access.login_of(person)
            token = issue_token(
                person=person, name="matrix", scopes=sorted(SCOPES.names()), expires_at=at + timedelta(days=1), at=at
            )
            browser.token = token  # type: ignore[attr-defined]
        found[name] = browser
    return found


def ask(browser: Client, method: str, url: str) -> Any:
    headers = {}
    browser.cookies = browser.kept.copy()  # type: ignore[attr-defined]
    if url.startswith(API) and hasattr(browser, "token"):
        headers["Authorization"] = f"Bearer {browser.token}"
    with undone():
        answer = browser.generic(method.upper(), url, headers=headers)
        if not answer.streaming:
            return answer
        return HttpResponse(b"".join(answer.streaming_content), status=answer.status_code, headers=dict(answer.headers))


def turned_away(answer: Any) -> bool:
    """Say whether the door itself refused, not what stands behind it."""
    if answer.status_code in {302, 401}:
        return answer.status_code == 401 or "/sign-in/?next=" in answer.get("Location", "")
    return answer.status_code == 403 and DOOR.encode() in answer.content


def disagreements(browsers: dict[str, Client], routes: list[Route]) -> tuple[list[str], int]:
    """Replay every cell of the table: who is allowed passes the door, who is not is turned away there."""
    wrong, cells = [], 0
    for who in table.standpoints():
        for route in routes:
            for method in route.methods:
                cells += 1
                answer = ask(browsers[who.name], method, concrete(route.path))
                if turned_away(answer) == table.may(route, who) and (who.name, route.path) not in ASKED_IN:
                    wrong.append(f"{who.name} {method} {route.path}: {answer.status_code}")
    return wrong, cells


def test_the_published_table_is_the_one_the_policies_make() -> None:
    now = table.text()
    table.FRESH.parent.mkdir(parents=True, exist_ok=True)
    table.FRESH.write_text(now)
    assert table.PAGE.read_text() == now, f"docs/access.md is old: the new one lies in {table.FRESH}"


def test_every_cell_of_the_table_is_as_published(browsers: dict[str, Client], measured: Any) -> None:
    routes = all_routes()
    wrong, cells = disagreements(browsers, routes)
    measured("Table of who may open what", "every cell, 0 disagreements", f"{cells:,} cells, {len(wrong)} disagree")
    assert not wrong, "\n".join(wrong)
    assert cells == len(browsers) * sum(len(route.methods) for route in routes)


def test_control_with_policies_that_let_everybody_in_the_replay_disagrees(
    browsers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies, "turn_away", lambda request, _policy: policies.HttpResponse(request.path))
    routes = [route for route in all_routes() if route.path == "/desk/people/"]
    wrong, _cells = disagreements(browsers, routes)
    assert len(wrong) == len([who for who in table.standpoints() if not table.may(routes[0], who)]) > 5


def test_no_key_of_any_shape_is_a_fault(browsers: dict[str, Client], check_size: str, measured: Any) -> None:
    everybody = list(browsers) if check_size == "full" else ["visitor", "employee", "administrator"]
    faults, asked, paths = [], 0, set()
    for route in all_routes():
        paths.add(route.path)
        named = bool(_PART.search(route.path))
        for key in KEYS if named else KEYS[:1]:
            url = concrete(route.path, key)
            for name in everybody:
                for method in ("get", *UNSAFE) if key == "missing" else ("get", "post"):
                    asked += 1
                    answer = ask(browsers[name], method, url)
                    # /health/ready says 503 by right: no worker runs in this test.
                    if answer.status_code >= 500 and url != "/health/ready":
                        faults.append(f"{name} {method} {url[:80]}: {answer.status_code}")
                    elif named and key == "missing" and method == "get" and answer.status_code == 200:
                        if route.guards == "portrait":  # a face drawn from the key alone, whoever has it
                            continue
                        faults.append(f"{name} finds something at {url}")
    measured(
        "Every route, method and wrong key",
        "100 % of routes, 0 x 5xx",
        f"{len(paths)} paths, {asked:,} requests by {len(everybody)} people, {len(faults)} faults",
    )
    assert not faults, "\n".join(faults)
    assert paths == {route.path for route in all_routes()}
