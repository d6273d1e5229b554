"""Home on screen: what stands there, for whom, and how a person arranges it without a script."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments.actions import save_segment
from kith.portal.home import actions
from kith.portal.home.cards import CARDS, Card, Zone
from kith.portal.home.models import Arrangement, HomeDefault
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
INSIDE = "mail/parts.html"  # renders to nothing: these tests look at the frame around a card


class Given:
    """A source with the cards a test wants."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        del person, roles
        todo = Zone.TODO
        return [
            Card("given.late", "Later matter", INSIDE, "Because later", todo, due_at=at + timedelta(days=2)),
            Card("given.soon", "Soonest matter", INSIDE, "Because soon", todo, due_at=at, mandatory=True),
            Card("given.apple", "Apple news", INSIDE, "Because apple"),
            Card("given.pear", "Pear news", INSIDE, "Because pear"),
        ]


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CARDS, "_things", {}, raising=True)
    CARDS.put("tests", Given())


def order(text: str, *words: str) -> list[str]:
    """Return those words that stand on the page, as they come."""
    return sorted((word for word in words if word in text), key=text.index)


def arranged(person: Person) -> Arrangement:
    return Arrangement.objects.get(person=person)


def test_what_is_due_comes_first_and_every_card_says_why() -> None:
    text = make.client(people.employee("Lan")).get("/").text
    words = ("Soonest matter", "Later matter", "Apple news", "Pear news")
    assert order(text, *words) == list(words)
    assert all(why in text for why in ("Because soon", "Because later", "Because apple", "Because pear"))
    assert "Lan" in text


def test_cards_are_hidden_and_shown_again_by_plain_forms() -> None:
    lan = people.employee()
    browser = make.client(lan)
    answer = browser.post("/arrange/", {"key": "given.apple", "wish": "hide"})
    assert (answer.status_code, answer["Location"]) == (302, "/?arrange")
    assert "Apple news" not in browser.get("/").text
    assert "Apple news" in browser.get("/?arrange").text
    browser.post("/arrange/", {"key": "given.apple", "wish": "show"})
    assert "Apple news" in browser.get("/").text


def test_a_mandatory_card_stays_whatever_is_posted() -> None:
    browser = make.client(people.employee())
    browser.post("/arrange/", {"key": "given.soon", "wish": "hide"})
    assert "Soonest matter" in browser.get("/").text


def test_a_card_moves_one_place() -> None:
    browser = make.client(people.employee())
    present = ["given.apple", "given.pear"]
    browser.post("/arrange/", {"key": "given.pear", "wish": "up", "present": present})
    assert order(browser.get("/").text, "Apple news", "Pear news") == ["Pear news", "Apple news"]
    browser.post("/arrange/", {"key": "given.pear", "wish": "down", "present": ["given.pear", "given.apple"]})
    assert order(browser.get("/").text, "Apple news", "Pear news") == ["Apple news", "Pear news"]


def test_moving_in_one_zone_keeps_the_order_of_the_others_and_of_what_is_hidden() -> None:
    lan = people.employee()
    actions.move(person=lan, key="given.pear", present=["given.apple", "given.pear", "given.plum"], up=True)
    assert arranged(lan).order == ["given.pear", "given.apple", "given.plum"]
    actions.move(person=lan, key="given.late", present=["given.soon", "given.late"], up=True)
    kept = arranged(lan).order
    assert [key for key in kept if key in {"given.pear", "given.apple", "given.plum"}] == [
        "given.pear",
        "given.apple",
        "given.plum",
    ]
    assert kept.index("given.late") < kept.index("given.soon")


def test_the_order_kept_is_bounded() -> None:
    lan = people.employee()
    for start in (0, 150):
        present = [f"given.k{number}" for number in range(start, start + 150)]
        actions.move(person=lan, key=present[1], present=present, up=True)
    assert len(arranged(lan).order) == actions.MOST
    assert arranged(lan).order[:2] == ["given.k151", "given.k150"]


def test_the_default_of_an_audience_reaches_those_in_it_only() -> None:
    vi, en = people.employee(language="vi"), people.employee(language="en")
    rule = {"attribute": "language", "is": ["vi"]}
    segment = save_segment(name=Text(en="Vietnamese"), rule=rule, at=people.AT, by_id=None)
    HomeDefault.objects.create(segment=segment, order=["given.pear"], hidden=["given.late"])
    text = make.client(vi).get("/").text
    assert order(text, "Apple news", "Pear news") == ["Pear news", "Apple news"]
    assert "Later matter" not in text
    assert "Later matter" in make.client(en).get("/").text


def test_a_visitor_sees_the_open_doors_and_cannot_arrange() -> None:
    people.organization()
    browser = make.client()
    text = browser.get("/").text
    assert "/sign-in/" in text
    assert "/store/" in text
    assert "Soonest matter" not in text
    answer = browser.post("/arrange/", {"key": "given.apple", "wish": "hide"})
    assert answer["Location"].startswith("/sign-in/")
    assert not Arrangement.objects.exists()


@pytest.mark.parametrize(
    "posted", [{}, {"key": "x" * 5000, "wish": "hide"}, {"key": "a", "wish": "up"}, {"wish": "explode", "key": "a.b"}]
)
def test_odd_posts_change_nothing_that_shows(posted: dict[str, Any]) -> None:
    browser = make.client(people.employee())
    assert browser.post("/arrange/", posted).status_code == 302
    assert order(browser.get("/").text, "Apple news", "Pear news") == ["Apple news", "Pear news"]


def test_home_itself_asks_the_database_little() -> None:
    browser = make.client(people.employee())
    browser.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/").status_code == 200
    assert len(asked) <= 8, [each["sql"][:120] for each in asked]
