"""Links by mail: to whom, of which address, and that opening one changes nothing (reliability 21)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory

from kith.access.couriers import COURIERS
from kith.access.logins.models import Login
from kith.access.tokens.models import OneTimeToken
from kith.kernel import clock
from kith.people.persons.actions import deactivate
from kith.portal.signin.actions import invite, send, send_later
from kith.portal.signin.kinds import PASSWORD_LINK, SIGN_IN_LINK
from tests.access import make

pytestmark = pytest.mark.django_db
ME = "/me/password/"


class RecordingCourier:
    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def send(self, **what: Any) -> None:
        self.sent.append(what)


@pytest.fixture
def courier(monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordingCourier]:
    """Put a courier in the place of all others."""
    recording = RecordingCourier()
    monkeypatch.setattr(COURIERS, "_things", {"recording": recording})
    return recording


def path_of(link: str) -> str:
    return link.removeprefix(settings.KITH_URL)


def link_for(login: Login, courier: RecordingCourier, purpose: str = SIGN_IN_LINK) -> str:
    assert send(typed=login.username, purpose=purpose, at=clock.now()) == 1
    return path_of(courier.sent[-1]["link"])


def jobs() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'typed', args->>'purpose' FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
                       ["portal.send-sign-in-link"])  # fmt: skip
        return list(cursor.fetchall())


@pytest.mark.fault
def test_opening_changes_nothing_pressing_signs_in_once_and_a_repeat_says_when(courier: RecordingCourier) -> None:
    path = link_for(make.login(), courier)
    scanner, browser, thief = Client(), Client(), Client()
    for _ in range(3):
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
    assert scanner.get(ME).status_code == 302
    answer = browser.post(path)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert browser.get(ME).status_code == 200
    again = thief.post(path)
    assert again.status_code == 200
    assert "The link was used on" in again.text
    assert thief.get(ME).status_code == 302
    assert (again["Cache-Control"], again["Referrer-Policy"]) == ("no-store, private", "same-origin")


@pytest.mark.fault
@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "444"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Original-URL": "https://evil.example/", "X-Rewrite-URL": "https://evil.example/"},
        {"X-Host": "evil.example", "X-HTTP-Host-Override": "evil.example"},
        {"Host": "evil.example"},
    ],
)
def test_forged_headers_leave_the_link_unchanged(forged: dict[str, str], courier: RecordingCourier) -> None:
    login = make.login()
    answer = Client().post("/sign-in/link/", {"username": login.username, "what": SIGN_IN_LINK}, headers=forged)
    if "Host" in forged:
        assert (answer.status_code, jobs()) == (400, [])
    for typed, purpose in jobs() or [(login.username, SIGN_IN_LINK)]:
        send_later.run(typed=typed, purpose=purpose)
    assert courier.sent[0]["link"].startswith(f"{settings.KITH_URL}/t/")
    assert "evil" not in str(courier.sent) + answer.text


def test_negative_control_an_address_made_from_the_request_would_follow_the_header(settings: Any) -> None:
    settings.USE_X_FORWARDED_HOST, settings.ALLOWED_HOSTS = True, ["*"]
    request = RequestFactory().get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert request.build_absolute_uri("/t/x/") == "http://evil.example/t/x/"


@pytest.mark.fault
def test_asking_tells_nobody_who_is_known(courier: RecordingCourier) -> None:
    login = make.login()
    answers = [
        Client().post("/sign-in/link/", {"username": name, "what": SIGN_IN_LINK})
        for name in (login.username, "nobody@example.com")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    known, unknown = (re.sub(r'value="[^"]*"', "", answer.text) for answer in answers)
    assert known == unknown
    assert jobs() == [(login.username, SIGN_IN_LINK), ("nobody@example.com", SIGN_IN_LINK)]
    for typed, purpose in jobs():
        send_later.run(typed=typed, purpose=purpose)
    assert [what["person_id"] for what in courier.sent] == [login.person_id]


@pytest.mark.fault
def test_the_sixth_wish_for_a_name_is_429_known_or_not(courier: RecordingCourier) -> None:
    login = make.login()
    for name in (login.username, "nobody@example.com"):
        wish = {"username": name, "what": SIGN_IN_LINK}
        assert [Client().post("/sign-in/link/", wish).status_code for _ in range(6)] == [200] * 5 + [429]


def test_a_link_goes_to_the_known_mailbox_never_to_the_typed_one(courier: RecordingCourier) -> None:
    login = make.login(username="4711")
    assert send(typed=login.person.mailbox.upper(), purpose=SIGN_IN_LINK, at=clock.now()) == 1
    assert courier.sent[0]["address"] == login.person.mailbox


def test_nobody_who_may_not_enter_gets_a_link(courier: RecordingCourier) -> None:
    login = make.login()
    deactivate(person=login.person, at=clock.now(), by_id=None)
    assert send(typed=login.username, purpose=SIGN_IN_LINK, at=clock.now()) == 0
    assert courier.sent == []


def test_a_link_lives_fifteen_minutes(courier: RecordingCourier, monkeypatch: pytest.MonkeyPatch) -> None:
    path, now = link_for(make.login(), courier), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=14))
    assert Client().get(path).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=15))
    assert Client().get(path).status_code == 410
    assert Client().post(path).status_code == 410


def test_a_password_is_set_by_a_link_and_a_weak_one_does_not_use_it_up(courier: RecordingCourier) -> None:
    login = make.login()
    path, browser, elsewhere = link_for(login, courier, PASSWORD_LINK), Client(), make.client(login.person)
    weak = browser.post(path, {"password": "short"})
    assert weak.status_code == 422
    assert "10" in weak.text
    assert OneTimeToken.objects.get().uses_left == 1
    assert browser.post(path, {"password": "a-very-new-lantern"}).status_code == 303
    assert browser.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 302
    assert "The link was used on" in Client().get(path).text


def test_a_new_password_kills_the_links_that_are_still_out(courier: RecordingCourier) -> None:
    login = make.login()
    first, second = link_for(login, courier), link_for(login, courier, PASSWORD_LINK)
    Client().post(second, {"password": "a-very-new-lantern"})
    assert Client().post(first).status_code == 404


def test_an_invitation_sets_the_first_password(courier: RecordingCourier) -> None:
    login = make.login(password=None)
    assert invite(login=login, at=clock.now()) == 1
    assert Client().post(path_of(courier.sent[0]["link"]), {"password": "a-very-new-lantern"}).status_code == 303


@pytest.mark.parametrize("token", ["x", "~", "a~b", "%00", "é", "a" * 3000])
def test_made_up_links_are_missing(token: str) -> None:
    assert Client().get(f"/t/{token}/").status_code == 404
    assert Client().post(f"/t/{token}/").status_code == 404


def test_the_page_of_a_link_has_one_button_and_asks_for_the_csrf_token(courier: RecordingCourier) -> None:
    path, browser = link_for(make.login(), courier), Client(enforce_csrf_checks=True)
    assert browser.post(path).status_code == 403
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(path).text)[0]
    assert browser.post(path, {"csrfmiddlewaretoken": token}).status_code == 303
