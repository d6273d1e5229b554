"""Cross-site requests: every unsafe route asks for a token, and the exceptions are a printed list (reliability 22)."""

import re
from typing import Any

import pytest
from django.test import Client

from kith.access.routes import Route, all_routes
from tests.access import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls"), pytest.mark.fault, pytest.mark.row(22)]
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
EXAMPLES = {"uuid": "00000000-0000-0000-0000-000000000007", "int": "7", "date": "2026-11-25"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def concrete(path: str) -> str:
    return _PART.sub(lambda part: EXAMPLES.get(part[1] or "str", "thing"), path)


def unsafe() -> list[tuple[Route, str]]:
    return [(route, method) for route in all_routes() for method in route.methods if method in UNSAFE]


def refused(browser: Client, **headers: str) -> dict[str, bool]:
    """Return for each unsafe route that is not exempt whether it answered 403."""
    return {
        f"{method} {route.path}": browser.generic(method, concrete(route.path), headers=headers).status_code == 403
        for route, method in unsafe()
        if not route.csrf_exempt
    }


def test_every_unsafe_route_refuses_a_cookie_without_a_token() -> None:
    found = refused(make.client(people.employee(), "administrator", csrf=True))
    assert len(found) > 40
    assert [route for route, was in found.items() if not was] == []


def test_every_unsafe_route_refuses_another_site_s_page() -> None:
    browser = make.client(people.employee(), "administrator", csrf=True)
    browser.get("/sign-in/link/")
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get("/me/password/").text)[0]
    found = refused(browser, **{"Origin": "https://evil.example", "X-CSRFToken": token})
    assert [route for route, was in found.items() if not was] == []
    assert browser.post("/sign-out/", headers={"X-CSRFToken": token}).status_code == 303


def test_what_skips_the_token_is_a_list_and_never_hears_the_cookie() -> None:
    exempt = {route.path for route, _method in unsafe() if route.csrf_exempt and not route.path.startswith("/api/")}
    assert exempt == EXEMPT


EXEMPT = {
    "/m/<str:token>/",  # RFC 8058: the mail provider's one-click unsubscribe; the signed token is the proof
    "/webhooks/payments/test/",  # signed by the payment service over the raw body
}


def test_negative_control_without_the_middleware_routes_answer(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csrf" not in name]
    browser = make.client(people.person(), csrf=True)
    assert browser.post("/sign-out/").status_code == 303
