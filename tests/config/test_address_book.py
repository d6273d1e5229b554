"""The address book finds what Django's own resolver finds, and tries few routes for it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, include, path, re_path
from django.urls.resolvers import RoutePattern

from kith.access.routes import all_routes
from kith.config.address_book import AddressBook, Entry
from kith.config.urls import urlpatterns


def answer(_request: HttpRequest, **_kept: object) -> HttpResponse:
    """Answer nothing."""
    return HttpResponse()


ROUTES: list[Entry] = [
    path("", answer, name="home"),
    path("desk/", include([path("", answer, name="desk"), path("<int:number>/", answer, name="matter")])),
    path("", include([path("<slug:word>/last/", answer, name="any"), path("shop/<slug:word>/", answer, name="thing")])),
    path("pre", include([path("fix/", answer, name="prefix")])),
    path("", include(([path("own/", answer, name="own")], "app"), namespace="space")),
    path("shop/late/", answer, name="late"),
    re_path(r"^odd-\d+/$", answer, name="odd"),
]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "desk/",
        "desk/7/",
        "desk/x/",
        "desk",
        "desk/last/",
        "shop/late/",
        "shop/last/",
        "prefix/",
        "own/",
        "odd-12/",
        "x",
    ],
)
def test_it_finds_what_django_finds(address: str) -> None:
    def found(resolver: URLResolver) -> tuple[str, object, str] | None:
        try:
            match = resolver.resolve(address)
        except Resolver404:
            return None
        return match.view_name, match.kwargs, match.route

    assert found(AddressBook(ROUTES)) == found(URLResolver(RoutePattern(""), ROUTES))


def test_every_route_of_kith_is_found_under_its_first_word() -> None:
    book = urlpatterns[0]
    plain = URLResolver(RoutePattern(""), book.url_patterns)
    for route in all_routes():
        address = route.path.lstrip("/").replace("<", "").replace(">", "").replace(":", "-")
        ends: list[str | None] = []
        for resolver in (book, plain):
            try:
                ends.append(resolver.resolve(address).view_name)
            except Resolver404:
                ends.append(None)
        assert ends[0] == ends[1], address


def test_few_routes_are_tried() -> None:
    match = urlpatterns[0].resolve("orders/")
    assert len(match.tried or []) < 40
