"""Signing in and out on screen: new ids, the same answer to everyone, and no way led astray (reliability 19 to 21)."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kith.access.logins.models import Login
from kith.access.sessions.queries import person_of
from kith.kernel import clock
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME
ME = "/me/password/"


def signed_in(browser: Client) -> bool:
    return browser.get(ME).status_code == 200


def post(browser: Client, username: str, password: str, **more: Any) -> Any:
    return browser.post("/sign-in/", {"username": username, "password": password}, **more)


def same(text: str) -> str:
    """Return a page without what differs from request to request: the CSRF token and what was typed."""
    return re.sub(r'value="[^"]*"', "", text)


def test_name_and_password_sign_in_and_lead_on() -> None:
    login, browser = make.login(), Client()
    answer = browser.post("/sign-in/", {"username": login.username, "password": make.PASSWORD, "next": "/orders/?a=1"})
    assert (answer.status_code, answer["Location"]) == (303, "/orders/?a=1")
    assert signed_in(browser)
    assert Login.objects.get(pk=login.pk).last_login is not None
    assert browser.get("/sign-in/")["Location"] == "/"


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/sign-out/"]
)
def test_nobody_is_led_away(where: str) -> None:
    login = make.login()
    answer = Client().post("/sign-in/", {"username": login.username, "password": make.PASSWORD, "next": where})
    assert answer["Location"] == "/"


@pytest.mark.fault
def test_signing_in_gives_a_new_id_and_the_planted_one_is_worth_nothing() -> None:
    attacker = Client()
    attacker.post("/choose/language/", {"language": "vi"})
    planted = "a" * 43
    login, victim = make.login(), Client()
    victim.cookies[COOKIE] = planted
    post(victim, login.username, make.PASSWORD)
    assert victim.cookies[COOKIE].value != planted
    assert person_of(key=planted, at=clock.now()) is None
    first = victim.cookies[COOKIE].value
    post(victim, login.username, make.PASSWORD)
    assert victim.cookies[COOKIE].value != first
    assert person_of(key=first, at=clock.now()) is None


def test_signing_in_renews_the_csrf_token() -> None:
    login, browser = make.login(), Client(enforce_csrf_checks=True)
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get("/sign-in/").text)[0]
    before = browser.cookies[settings.CSRF_COOKIE_NAME].value
    answer = post(browser, login.username, make.PASSWORD, headers={"X-CSRFToken": token})
    assert answer.status_code == 303
    assert browser.cookies[settings.CSRF_COOKIE_NAME].value != before
    assert browser.post("/sign-out/", headers={"X-CSRFToken": token}).status_code == 403
    assert signed_in(browser)


@pytest.mark.fault
def test_signing_out_kills_the_cookie_that_somebody_kept() -> None:
    person = people.person()
    browser, thief = make.client(person), Client()
    thief.cookies[COOKIE] = browser.cookies[COOKIE].value
    assert signed_in(thief)
    answer = browser.post("/sign-out/")
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in/")
    assert not signed_in(thief)
    assert browser.cookies[COOKIE].value == ""


def test_signing_out_by_a_link_changes_nothing() -> None:
    browser = make.client(people.person())
    assert browser.get("/sign-out/").status_code == 405
    assert signed_in(browser)


@pytest.mark.fault
def test_signing_out_everywhere_ends_every_browser() -> None:
    person = people.person()
    browsers = [make.client(person) for _ in range(3)]
    browsers[0].post("/sign-out/everywhere/")
    assert [signed_in(browser) for browser in browsers] == [False] * 3


@pytest.mark.fault
def test_changing_the_password_ends_every_other_browser_and_renews_this_one() -> None:
    person = people.person()
    make.login(person)
    mine, others = make.client(person), [make.client(person) for _ in range(3)]
    old = mine.cookies[COOKIE].value
    wrong = mine.post(ME, {"current": "not-it", "password": "a-very-new-lantern"})
    assert wrong.status_code == 422
    assert all(signed_in(browser) for browser in others)
    answer = mine.post(ME, {"current": make.PASSWORD, "password": "a-very-new-lantern"})
    assert answer.status_code == 200
    assert [signed_in(browser) for browser in others] == [False] * 3
    assert signed_in(mine)
    assert mine.cookies[COOKIE].value != old
    assert person_of(key=old, at=clock.now()) is None


@pytest.mark.fault
def test_the_eleventh_wrong_password_is_429_whatever_it_forwards() -> None:
    login, found = make.login(), []
    for n in range(11):
        headers = {"X-Forwarded-For": f"10.0.0.{n}", "Forwarded": f"for=10.0.0.{n}", "X-Real-IP": f"10.0.0.{n}"}
        found.append(post(Client(), login.username, "wrong", headers=headers))
    assert [answer.status_code for answer in found] == [422] * 10 + [429]
    assert 3_500 < int(found[-1]["Retry-After"]) <= 3_600
    right = post(Client(), login.username, make.PASSWORD)
    assert (right.status_code, same(right.text)) == (429, same(found[-1].text))
    other = make.login()
    assert post(Client(), other.username, make.PASSWORD).status_code == 303


@pytest.mark.fault
def test_negative_control_from_another_address_the_same_account_is_answered() -> None:
    login = make.login()
    found = [post(Client(REMOTE_ADDR=f"10.0.0.{n}"), login.username, "wrong").status_code for n in range(11)]
    assert found == [422] * 11


@pytest.mark.fault
def test_known_and_unknown_names_are_answered_alike() -> None:
    login = make.login()
    known, unknown = post(Client(), login.username, "wrong"), post(Client(), "nobody@example.com", "wrong")
    assert (known.status_code, same(known.text)) == (unknown.status_code, same(unknown.text))
    names = {name: sorted(answer.headers) for name, answer in (("known", known), ("unknown", unknown))}
    assert names["known"] == names["unknown"]


def test_what_was_typed_stays_but_never_the_password() -> None:
    answer = post(Client(), "kim@example.com", "my-secret-lantern")
    assert 'value="kim@example.com"' in answer.text
    assert "my-secret-lantern" not in answer.text


@pytest.mark.fault
@pytest.mark.parametrize(
    "header", ["Remote-User", "X-Remote-User", "X-Forwarded-User", "X-Authenticated-User", "X-Email"]
)
def test_a_header_signs_nobody_in(header: str) -> None:
    login = make.login()
    assert Client(headers={header: login.username}, REMOTE_USER=login.username).get(ME).status_code == 302


@pytest.mark.parametrize(
    "given", [{}, {"username": ""}, {"username": "a\0b", "password": "x"}, {"username": "x" * 300, "password": "y"}]
)
def test_wrong_input_is_an_answer_not_a_fault(given: dict[str, str]) -> None:
    assert Client().post("/sign-in/", given).status_code == 422


def test_a_pin_is_set_with_the_present_password() -> None:
    person = people.person()
    make.login(person)
    browser = make.client(person)
    assert browser.post("/me/pin/", {"current": "wrong", "pin": "270391"}).status_code == 422
    assert browser.post("/me/pin/", {"current": make.PASSWORD, "pin": "123456"}).status_code == 422
    assert browser.post("/me/pin/", {"current": make.PASSWORD, "pin": "270391"}).status_code == 200
