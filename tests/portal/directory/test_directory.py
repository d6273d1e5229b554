"""The directory: colleagues see colleagues; everybody else finds nothing there."""

import re
import uuid

import pytest

from kith.kernel.texts import Text
from kith.people.calendars.actions import set_deputies
from kith.people.persons.models import BirthdayVisibility, Person
from kith.people.ties.models import Tie
from kith.portal.directory import views
from kith.portal.search.actions import reindex
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def page_of(person: Person) -> str:
    return f"/people/{person.public_id}/"


def test_a_colleagues_page_says_where_what_and_for_whom() -> None:
    boss, deputy = people.employee("Hoa Boss"), people.employee("Dung Deputy")
    unit, site = people.unit(name=Text(en="Packing")), people.site(name=Text(en="Hai Phong"))
    lan = people.employee("Trần Lan", unit=unit, site=site, manager=boss, title="Fitter")
    set_deputies(person=lan, deputies=[deputy])
    text = make.client(people.employee()).get(page_of(lan)).text
    assert all(word in text for word in ("Trần Lan", "Fitter", "Packing", "Hai Phong", "Hoa Boss", "Dung Deputy"))
    assert re.search(r"Time there.*?\d\d:\d\d", text, re.DOTALL)


def test_a_birthday_is_shown_only_where_its_owner_says_everyone() -> None:
    reader = make.client(people.employee())
    for visibility in BirthdayVisibility:
        lan = people.employee(birth_month=7, birth_day=19, birthday_visibility=visibility)
        assert ("19. 7." in reader.get(page_of(lan)).text) == (visibility == BirthdayVisibility.ALL)


def test_outsiders_get_the_same_answer_for_a_colleague_as_for_nobody() -> None:
    lan, gone = people.employee("Trần Lan"), people.employee("Gone", until=people.LONG_AGO)
    off = people.employee("Off", deactivated_at=people.AT)
    customer = make.client(people.customer("Ana"))
    missing = f"/people/{uuid.uuid4()}/"
    assert {customer.get(path).status_code for path in (page_of(lan), missing)} == {404}
    assert "Trần Lan" not in customer.get("/people/").text
    colleague = make.client(people.employee())
    assert [colleague.get(page_of(each)).status_code for each in (lan, gone, off)] == [200, 404, 404]
    assert make.client().get("/people/")["Location"].startswith("/sign-in/")
    assert make.client().get(page_of(lan))["Location"].startswith("/sign-in/")


def test_people_are_found_by_name_and_site() -> None:
    site, other = people.site(code="hp"), people.site(code="hn")
    people.employee("Nguyễn Văn An", site=site)
    people.employee("Nguyễn Thị Bình", site=other)
    reader = make.client(people.employee("Reader"))
    assert "Nguyễn Văn An" in reader.get("/people/?q=nguyen van").text
    text = reader.get("/people/?q=NGUYỄN&site=hn").text
    assert "Nguyễn Thị Bình" in text
    assert "Nguyễn Văn An" not in text
    assert "Nobody found" in reader.get("/people/?q=zzz").text


def test_people_are_found_by_the_words_of_their_name_in_any_order_and_by_what_they_are_called() -> None:
    people.employee("Nguyễn Văn An", preferred_name="Andy Đỗ")
    reindex(kind="person")
    reader = make.client(people.employee("Reader"))
    assert all("Andy Đỗ" in reader.get("/people/", {"q": typed}).text for typed in ("an nguyen", "andy", "Andy đỗ"))
    assert "Andy Đỗ" not in reader.get("/people/", {"q": "andy tran"}).text


def test_pages_reach_everybody_once_even_where_many_bear_one_name() -> None:
    reader = people.employee("Aaa Reader")
    unit, site = people.unit(), people.site()
    made = {people.employee("Nguyễn Văn An", unit=unit, site=site).public_id for _n in range(2 * views.PAGE + 5)}
    browser, seen, path = make.client(reader), [], "/people/"
    for _turn in range(5):
        text = browser.get(path).text
        seen += re.findall(r'href="/people/([0-9a-f-]{36})/"', text)
        following = re.search(r'href="(\?[^"]*after=[^"]+)"', text)
        if following is None:
            break
        path = "/people/" + following.group(1).replace("&amp;", "&")
    assert len(seen) == len(set(seen))
    assert {str(each) for each in made} <= set(seen)


@pytest.mark.parametrize("query", ["after=%00", "after=zzz", "after=an|x", "site=%00", "q=%00", "after=%F0", "after=|"])
def test_odd_addresses_are_answered_calmly(query: str) -> None:
    assert make.client(people.employee()).get(f"/people/?{query}").status_code == 200


def test_a_portrait_may_be_kept_forever_and_tells_nobody_who_exists() -> None:
    lan = people.employee()
    for public_id in (lan.public_id, uuid.uuid4()):
        answer = make.client().get(f"/people/{public_id}/portrait.svg")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        assert "immutable" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert (
            "script-src 'self'" in answer["Content-Security-Policy"] or "sandbox" in answer["Content-Security-Policy"]
        )
        assert "<script" not in answer.text
        assert not answer.cookies
    signed_in = make.client(lan).get(f"/people/{lan.public_id}/portrait.svg")
    assert "immutable" in signed_in["Cache-Control"]


def test_an_assignment_that_ended_does_not_place_anybody() -> None:
    site = people.site(code="old")
    lan = people.employee("Lan Moved", site=site)
    Tie.objects.get(person=lan).assignments.update(until=people.LONG_AGO)
    assert "Lan Moved" not in make.client(people.employee()).get("/people/?site=old").text
