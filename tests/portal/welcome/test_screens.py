"""The screens of the set-up without any script: by its address, then signed in; left, resumed, refused."""

import re
from typing import Any

import pytest
from django.test import Client

from kith.access.logins.models import Login
from kith.people.organizations.models import Organization, Site
from kith.people.persons.models import Person
from kith.portal.organization.models import IdentityVersion
from kith.portal.welcome import queries
from kith.portal.welcome.keys import token_of
from kith.portal.welcome.models import Setup
from tests.access import make as access
from tests.people import make as people
from tests.portal.welcome import make

pytestmark = pytest.mark.django_db
PLACES = {
    "entity": "Bamboo JSC", "unit": "Bamboo", "unit_code": "MAIN", "site": "Huế", "site_code": "VN-1", "city": "",
    "country": "VN", "zone": "Asia/Ho_Chi_Minh", "days": ["0", "1", "2"], "begins": "08:00", "ends": "17:00",
}  # fmt: skip


@pytest.fixture
def token() -> str:
    return make.begun()


def url(token: str, key: str = "") -> str:
    return f"/welcome/begin/{token}/{key}/" if key else f"/welcome/begin/{token}/"


def test_a_new_kith_leads_every_visitor_to_where_it_begins_without_telling_the_address(token: str) -> None:
    answer = Client().get("/", follow=True)
    assert answer.redirect_chain == [("/welcome/", 302)]
    assert "Where Kith was started" in answer.text
    assert token not in answer.text


def test_each_step_is_saved_at_once_and_leads_to_the_next(token: str) -> None:
    browser = Client()
    assert browser.post(url(token, "name"), {"name": "Bamboo"})["Location"] == url(token, "languages")
    assert Organization.objects.get().name == "Bamboo"
    said = {"languages": ["vi", "en"], "first": "vi"}
    assert browser.post(url(token, "languages"), said)["Location"] == url(token, "place")
    assert browser.post(url(token, "place"), {"country": "VN", "zone": ""})["Location"] == url(token, "logo")
    other = Client()  # left here, gone on elsewhere
    assert f'href="{url(token, "logo")}"' in other.get(url(token)).text
    assert other.post(f"{url(token, 'logo')}skip/")["Location"] == url(token, "administrator")
    answer = other.post(url(token, "administrator"), make.administrator())
    assert (answer.status_code, answer["Location"]) == (303, "/welcome/steps/")
    assert "Bamboo" in other.get("/welcome/steps/").text
    assert [each.changed for each in IdentityVersion.objects.order_by("version")] == ["name", "languages", "place"]
    assert Person.objects.get().zone == "Asia/Ho_Chi_Minh"


def test_looking_changes_nothing(token: str) -> None:
    browser = Client()
    for key in ("name", "languages", "place", "logo", "administrator"):
        answer = browser.get(url(token, key))
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"] == "noindex"
    assert not Organization.objects.exists()
    assert not IdentityVersion.objects.exists()
    assert queries.open_by(token=token) is not None


@pytest.mark.parametrize("key", ["", "name", "languages", "place", "logo", "administrator"])
def test_a_dead_address_shows_where_to_sign_in_and_takes_nothing(token: str, key: str) -> None:
    make.found(token)
    browser = Client()
    for answer in (browser.get(url(token, key)), browser.post(url(token, key), make.administrator(name="Eve"))):
        assert answer.status_code in {405, 410}
    assert "/sign-in/" in browser.get(url(token, key)).text
    assert Login.objects.count() == 1
    assert not Organization.objects.exists()


@pytest.mark.parametrize("wrong", ["0" * 40, "x", "a" * 300])
def test_a_wrong_address_opens_nothing_before_and_after(token: str, wrong: str) -> None:
    browser = Client()
    for _each in range(2):
        assert browser.get(url(wrong)).status_code == 404
        assert browser.post(url(wrong, "administrator"), make.administrator()).status_code == 404
        if not Login.objects.exists():
            make.found(token)
    assert Login.objects.count() == 1


def test_without_a_set_up_no_address_is_right() -> None:
    assert Client().get(url(token_of(""))).status_code == 404


def test_steps_that_need_somebody_signed_in_are_not_asked_by_the_address(token: str) -> None:
    for key in ("site", "rooms", "people", "mail", "notice", "sauna"):
        assert Client().get(url(token, key)).status_code == 404
        assert Client().post(url(token, key), PLACES).status_code == 404
    assert not Site.objects.exists()


def test_what_is_needed_is_not_done_without(token: str) -> None:
    assert Client().post(f"{url(token, 'name')}skip/").status_code == 400
    assert Client().post(f"{url(token, 'administrator')}skip/").status_code == 400


def test_a_weak_password_is_refused_with_everything_typed_but_the_password(token: str) -> None:
    answer = Client().post(url(token, "administrator"), make.administrator(password="bamboo"))
    assert answer.status_code == 422
    assert "Trần Thị Mai" in answer.text
    assert "too short" in answer.text
    assert "bamboo" not in answer.text
    assert queries.open_by(token=token) is not None


@pytest.fixture
def browser(token: str) -> Client:
    made = Client()
    made.post(url(token, "name"), {"name": "Bamboo"})
    made.post(url(token, "place"), {"country": "VN", "zone": ""})
    made.post(url(token, "administrator"), make.administrator())
    return made


def test_the_list_stands_on_the_administrators_home_until_everything_is_done(browser: Client) -> None:
    text = browser.get("/").text
    assert "Your new organization" in text
    for place in (
        "/admin/organization/#languages",
        "/welcome/steps/site/",
        "/welcome/steps/mail/",
        "/desk/notices/new/",
    ):
        assert f'href="{place}"' in text
    assert "/admin/organization/#name" not in text  # done
    assert "Your new organization" not in access.client(people.employee(), "hr").get("/").text
    browser.post("/welcome/steps/put-away/")
    assert "Your new organization" not in browser.get("/").text
    assert "Your new organization" in browser.get("/welcome/steps/").text


def test_the_list_goes_by_itself_when_the_last_step_is_done(browser: Client) -> None:
    Setup.objects.update(skipped=["languages", "logo", "rooms", "people", "mail", "notice"])
    assert "Your new organization" in browser.get("/").text
    assert browser.post("/welcome/steps/site/", PLACES).status_code == 303
    assert "Your new organization" not in browser.get("/").text


def test_the_first_site_shows_the_holidays_it_took(browser: Client) -> None:
    assert browser.post("/welcome/steps/site/", {**PLACES, "ends": "07:00"}).status_code == 422
    assert browser.post("/welcome/steps/site/", PLACES)["Location"] == "/welcome/steps/rooms/"
    text = browser.get("/welcome/steps/site/").text
    assert "New Year" in text
    assert browser.post("/welcome/steps/site/", PLACES).status_code == 422  # its code is taken


def test_rooms_are_chosen_by_kind_then_by_hand(browser: Client) -> None:
    assert browser.post("/welcome/steps/rooms/", {"set": "small"})["Location"] == "/welcome/steps/rooms/"
    assert 'href="/store/"' not in browser.get("/").text
    text = browser.get("/welcome/steps/rooms/").text
    assert re.search(r'id="id_open_news"[^>]* checked', text)
    assert not re.search(r'id="id_open_store"[^>]* checked', text)
    assert browser.post("/welcome/steps/rooms/", {"open": ["store"]})["Location"] == "/welcome/steps/people/"


def test_people_have_template_files_that_the_imports_take(browser: Client) -> None:
    text = browser.get("/welcome/steps/people/").text
    for kind in ("people", "units", "sites"):
        assert f'href="/admin/imports/templates/{kind}.csv"' in text
        assert browser.get(f"/admin/imports/templates/{kind}.csv").status_code == 200


def test_the_first_notice_leads_to_where_one_is_written(browser: Client) -> None:
    assert browser.get("/welcome/steps/notice/").status_code == 404
    assert browser.get("/desk/notices/new/").status_code == 200


def test_welcome_leads_each_to_their_place(browser: Client, token: str) -> None:
    assert browser.get("/welcome/")["Location"] == "/welcome/steps/"
    assert Client().get("/welcome/")["Location"].startswith("/sign-in/")
    assert access.client(people.employee()).get("/welcome/").status_code == 403
    assert access.client(people.employee()).get("/welcome/steps/").status_code == 403
    assert access.client(people.employee()).post("/welcome/steps/site/", PLACES).status_code == 403
    del token


def test_in_a_demo_nothing_is_left_to_do() -> None:
    people.organization()
    mai: Any = access.client(people.employee(), "administrator")
    assert "Your new organization" not in mai.get("/").text
    assert "nothing is left to do" in mai.get("/welcome/steps/").text
