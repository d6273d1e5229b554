"""Rooms in use: what is closed stands in nobody's way, and nothing in it is lost."""

from typing import Any

import pytest

from kith.portal.home.cards import FAMILIES
from kith.portal.organization import queries
from kith.portal.organization.capabilities import CAPABILITIES, STARTER_SETS
from kith.portal.shell.frame import PLACES
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
URL = "/admin/organization/rooms/"


@pytest.fixture
def browser() -> Any:
    people.organization(name="Sen Drinks")
    return make.client(people.employee("Mai"), "administrator", "shop")


def test_every_capability_names_places_and_cards_that_exist_and_shares_none() -> None:
    places = [place for found in CAPABILITIES for place in found.places]
    cards = [card for found in CAPABILITIES for card in found.cards]
    assert set(places) <= set(PLACES.names())
    assert set(cards) <= set(FAMILIES.names())
    assert len(places) == len(set(places))
    assert len(cards) == len(set(cards))


def test_every_starter_set_is_made_of_capabilities() -> None:
    for found in STARTER_SETS:
        assert found.capabilities
        assert found.capabilities <= set(CAPABILITIES.names())


def test_closed_rooms_are_shown_to_nobody_and_answer_so_at_their_address(browser: Any) -> None:
    lan = make.client(people.employee("Lan"))
    assert 'href="/store/"' in lan.get("/help/").text
    assert browser.post(URL, {"open": ["news", "ideas"]}).status_code == 303
    for page in ("/", "/help/"):
        text = lan.get(page).text
        assert 'href="/store/"' not in text
        assert 'href="/news/"' in text
    assert 'href="/desk/store/"' not in browser.get("/desk/").text
    for path in ("/store/", "/desk/store/", "/orders/find/", "/bills/", "/me/care/"):
        closed = lan.get(path)
        assert closed.status_code == 404
        assert "This room is closed here." in closed.text
    assert lan.get("/api/v1/products").json()["detail"].startswith("This room is closed here.")
    browser.post(URL, {"open": CAPABILITIES.names()})
    assert 'href="/store/"' in lan.get("/").text
    assert lan.get("/store/").status_code == 200


def test_a_kind_of_organization_opens_its_rooms(browser: Any) -> None:
    assert browser.post(URL, {"set": "small"}).status_code == 303
    newest = queries.newest()
    assert newest is not None
    assert set(CAPABILITIES.names()) - set(newest.closed) == {"news", "ideas", "support"}
    assert browser.post(URL, {"set": "palace"}).status_code == 400


def test_an_unknown_capability_changes_nothing(browser: Any) -> None:
    assert browser.post(URL, {"open": ["news", "sauna"]}).status_code == 422
    assert queries.newest() is None
