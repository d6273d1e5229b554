"""Who stands in for me: colleagues only, in my order, changed by plain forms."""

import uuid

import pytest

from kith.people.calendars.queries import deputies_of
from kith.people.persons.models import Person
from kith.people.ties.models import Tie
from kith.portal.preferences.actions import MOST
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
HERE = "/me/deputies/"


def names(person: Person) -> list[str]:
    return [each.full_name for each in deputies_of(person_id=person.pk)]


def wish(deputy: Person, what: str) -> dict[str, str]:
    return {"deputy": str(deputy.public_id), "wish": what}


def test_deputies_are_found_added_put_first_and_removed() -> None:
    lan, an, binh = people.employee("Lan"), people.employee("Trần An"), people.employee("Trần Bình")
    browser = make.client(lan)
    text = browser.get(HERE, {"q": "tran"}).text
    assert all(str(each.public_id) in text for each in (an, binh))
    for each in (an, binh, an):
        assert browser.post(HERE, wish(each, "add"))["Location"] == HERE
    assert names(lan) == ["Trần An", "Trần Bình"]
    assert "Nobody found" in browser.get(HERE, {"q": "tran"}).text
    browser.post(HERE, wish(binh, "first"))
    assert names(lan) == ["Trần Bình", "Trần An"]
    assert "Trần Bình, Trần An" in browser.get("/me/").text
    browser.post(HERE, wish(binh, "remove"))
    assert names(lan) == ["Trần An"]


def test_only_colleagues_can_stand_in_and_whoever_left_can_be_removed() -> None:
    lan, an, ana = people.employee(), people.employee("An"), people.customer("Ana")
    browser = make.client(lan)
    assert browser.post(HERE, wish(ana, "add")).status_code == 404
    assert browser.post(HERE, {"deputy": str(uuid.uuid4()), "wish": "add"}).status_code == 404
    assert browser.post(HERE, {"deputy": "x", "wish": "add"}).status_code == 404
    assert browser.post(HERE, wish(lan, "add")).status_code == 400
    browser.post(HERE, wish(an, "add"))
    Tie.objects.filter(person=an).update(until=people.LONG_AGO)
    assert browser.post(HERE, wish(an, "first")).status_code == 404
    assert names(lan) == ["An"]
    browser.post(HERE, wish(an, "remove"))
    assert names(lan) == []


def test_there_are_few_and_an_odd_wish_changes_nothing() -> None:
    lan = people.employee()
    browser = make.client(lan)
    for number in range(MOST):
        browser.post(HERE, wish(people.employee(f"Deputy {number}"), "add"))
    assert len(names(lan)) == MOST
    assert browser.post(HERE, wish(people.employee("Sixth"), "add")).status_code == 400
    assert browser.post(HERE, wish(people.employee("Odd"), "explode")).status_code == 400
    assert len(names(lan)) == MOST


def test_others_have_no_deputies_to_name() -> None:
    assert make.client(people.customer()).get(HERE).status_code == 403
    assert make.client().get(HERE)["Location"].startswith("/sign-in/")
