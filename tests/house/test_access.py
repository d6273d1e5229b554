"""The matrix: every route that names a thing, asked by everybody for somebody else's thing and for a missing one."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from kith.access.routes import all_routes
from kith.config.demo.actions import ensure_demo
from kith.config.demo.cast import CAST
from kith.kernel import clock
from kith.people.persons.models import Person
from tests.access import make as access

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
MISSING = {"uuid": str(uuid.UUID(int=7)), "slug": "no-such-thing", "str": "no-such-thing", "int": "999999999"}
EXPECTED = {200, 302, 303, 400, 401, 403, 404, 405, 409, 410, 415, 422}

READY = {"/health/ready": {503}}  # no worker runs in this test, and the page says so


@pytest.fixture
def people(settings: Any) -> dict[str, Client]:
    ensure_demo(people=40, at=clock.now())
    cast = {role.name: role.key for role in CAST}
    found = {cast[p.full_name]: access.client(p) for p in Person.objects.filter(full_name__in=cast)}
    return {"visitor": Client(), **found}


def concrete(path: str) -> str:
    return _PART.sub(lambda part: MISSING.get(part[1] or "str", MISSING["uuid"]), path)


def test_nobody_gets_a_fault_and_a_missing_thing_is_missing_for_everybody(people: dict[str, Client]) -> None:
    faults: list[str] = []
    asked = 0
    for route in all_routes():
        url = concrete(route.path)
        for who, client in people.items():
            for method in ("get", "post"):
                answer = getattr(client, method)(url, **({"data": {}} if method == "post" else {}))
                asked += 1
                if answer.status_code not in EXPECTED | READY.get(url, set()):
                    faults.append(f"{who} {method} {url}: {answer.status_code}")
                if url in ("/sign-out/", "/sign-out/everywhere/") and who != "visitor":
                    person = Person.objects.get(full_name=next(r.name for r in CAST if r.key == who))
                    people[who] = access.client(person)
                    client = people[who]  # noqa: PLW2901
    assert faults == []
    assert asked == len(all_routes()) * len(people) * 2


def test_signed_in_pages_turn_visitors_away(people: dict[str, Client]) -> None:
    open_to_visitors = []
    for route in all_routes():
        if route.policy is None or route.policy.name == "anyone" or route.path.startswith("/api/"):
            continue
        answer = people["visitor"].get(concrete(route.path))
        if answer.status_code not in {302, 303, 401, 403, 405}:
            open_to_visitors.append(f"{route.path}: {answer.status_code}")
    assert open_to_visitors == []
