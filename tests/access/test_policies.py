"""Policies: who gets in, where the others are sent, and that no route is open by forgetting."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views import View

from kith.access.checks import every_route_has_a_policy
from kith.access.policies import allow, allow_patterns, anyone, has_role, signed_in
from kith.access.routes import Route, all_routes, require_policies
from tests.access import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.urls")]
SCREENS = ["/in/", "/employee/", "/manager/", "/hr/", "/hr-or-manager/"]


def statuses(browser: Client) -> dict[str, int]:
    return {path: browser.get(path).status_code for path in [*SCREENS, "/kiosk-only/", "/operator/"]}


def test_a_visitor_is_sent_to_sign_in_and_comes_back() -> None:
    for screen in SCREENS:
        answer = Client().get(f"{screen}?page=2")
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/sign-in/?next={screen.replace('/', '%2F')}%3Fpage%3D2",
        )
    assert Client().get("/kiosk-only/").status_code == 403


def test_htmx_is_sent_there_as_a_whole() -> None:
    answer = Client().get("/in/", headers={"HX-Request": "true", "HX-Current-URL": "https://x.example/orders/?a=1"})
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Forders%2F%3Fa%3D1"


def test_programs_get_a_problem() -> None:
    answer = Client().get("/api/v1/who")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("who", "inside"),
    [
        ("customer", {"/in/"}),
        ("employee", {"/in/", "/employee/"}),
        ("manager", {"/in/", "/employee/", "/manager/", "/hr-or-manager/"}),
        ("hr", {"/in/", "/employee/", "/hr/", "/hr-or-manager/"}),
        ("administrator", {"/in/", "/employee/", "/operator/"}),
        ("hr in one unit", {"/in/", "/employee/"}),
    ],
)
def test_the_table_of_who_may(who: str, inside: set[str]) -> None:
    person = people.customer() if who == "customer" else people.employee()
    if who == "manager":
        people.employee(manager=person)
    if who in {"hr", "administrator"}:
        make.grant(person, who)
    if who == "hr in one unit":
        make.grant(person, "hr", unit=people.unit())
    found = statuses(make.client(person))
    assert {path for path, status in found.items() if status == 200} == inside
    assert {status for path, status in found.items() if path not in inside} == {403}


def test_a_kiosk_is_let_in_without_a_person() -> None:
    assert make.kiosk()[1].get("/kiosk-only/").status_code == 200


def _bare(_request: Any) -> HttpResponse:
    return HttpResponse("open by forgetting")


class Screen(View):
    def get(self, _request: Any) -> HttpResponse:
        return HttpResponse("inside")

    def delete(self, _request: Any) -> HttpResponse:
        return HttpResponse("gone")


urlpatterns = [
    path("open/", allow(anyone)(_bare), name="open"),
    path("screen/", allow(signed_in, guards="notice")(Screen.as_view())),
    path("forgotten/", _bare),
]


@pytest.mark.urls("tests.access.test_policies")
def test_a_route_without_a_policy_fails_check_start_and_request() -> None:
    assert [error.id for error in every_route_has_a_policy(None)] == ["access.E001"]
    with pytest.raises(ImproperlyConfigured, match="/forgotten/"):
        require_policies()
    with pytest.raises(ImproperlyConfigured):
        Client().get("/forgotten/")


@pytest.mark.urls("tests.access.urls")
def test_a_house_whose_routes_all_have_one_starts() -> None:
    require_policies()
    assert every_route_has_a_policy(None) == []


@pytest.mark.urls("kith.config.urls")
def test_kith_itself_starts() -> None:
    require_policies()


@pytest.mark.urls("tests.access.test_policies")
def test_routes_tell_methods_policy_and_what_they_guard() -> None:
    found = {route.path: route for route in all_routes()}
    assert found["/screen/"] == Route("/screen/", ("GET", "DELETE"), signed_in, "notice", "")
    assert found["/open/"] == Route("/open/", ("GET", "POST"), anyone, "", "open")
    assert found["/forgotten/"].policy is None
    assert Client().get("/screen/").status_code == 302
    assert make.client(people.person()).get("/screen/").content == b"inside"


def test_the_api_s_operations_are_routes_of_their_own() -> None:
    found = {(route.path, route.methods): route for route in all_routes()}
    act = found["/api/v1/act", ("POST",)]
    assert (act.policy.name if act.policy else "", act.guards, act.csrf_exempt) == ("role:hr", "person", True)


def test_a_library_s_routes_get_a_policy_once() -> None:
    patterns: list[Any] = [path("a/", _bare), path("b/", allow(signed_in)(_bare))]
    allow_patterns(anyone, patterns)
    assert [vars(pattern.callback)["policy"] for pattern in patterns] == [anyone, signed_in]


def test_allow_says_what_it_cannot_guard() -> None:
    async def later(_request: Any) -> HttpResponse:
        return HttpResponse("")

    with pytest.raises(TypeError):
        allow(anyone)(Screen)
    with pytest.raises(TypeError):
        allow(anyone)(later)
    with pytest.raises(ValueError, match="at least one"):
        has_role()
