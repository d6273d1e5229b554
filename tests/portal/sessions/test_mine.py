"""Where I am signed in: every browser with its last use, and signing out the others."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kith.access.sessions.actions import open_session
from kith.access.sessions.devices import device_of
from kith.access.sessions.models import Session
from kith.kernel import clock
from kith.people.persons.models import Person
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
URL = "/me/sessions/"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1"


@pytest.fixture
def lan() -> Person:
    person = people.employee("Lan")
    make.login(person)
    return person


def signed_in(person: Person, agent: str) -> Client:
    browser = Client(headers={"user-agent": agent})
    said = {"username": person.mailbox, "password": make.PASSWORD}
    assert browser.post("/sign-in/", said).status_code == 303
    return browser


def handle_of(device: str) -> str:
    return next(row.digest[:24] for row in Session.objects.all() if row.data.get("device") == device)


@pytest.mark.parametrize(
    ("agent", "device"),
    [(FIREFOX, "Firefox, Android"), (EDGE, "Edge, Windows"), (SAFARI, "Safari, iPhone"), ("", ""), ("curl/8", ""),
     ("x" * 100_000, ""), ("Firefox/<script>", "Firefox")],
)  # fmt: skip
def test_a_device_is_two_plain_words(agent: str, device: str) -> None:
    assert device_of(agent) == device


def test_each_browser_stands_there_and_this_one_is_marked(lan: Person) -> None:
    phone, desk = signed_in(lan, FIREFOX), signed_in(lan, EDGE)
    signed_in(lan, SAFARI)
    text = desk.get(URL).text
    assert all(device in text for device in ("Firefox, Android", "Edge, Windows", "Safari, iPhone"))
    assert text.count("This one") == 1
    assert f"{URL}{handle_of('Edge, Windows')}/end/" not in text
    assert f"{URL}{handle_of('Firefox, Android')}/end/" in text
    assert phone.get(URL).status_code == 200


def test_one_other_is_signed_out_and_only_that(lan: Person) -> None:
    phone, desk, tablet = (signed_in(lan, agent) for agent in (FIREFOX, EDGE, SAFARI))
    assert desk.post(f"{URL}{handle_of('Firefox, Android')}/end/")["Location"] == URL
    assert phone.get("/me/")["Location"].startswith("/sign-in/")
    assert (desk.get("/me/").status_code, tablet.get("/me/").status_code) == (200, 200)


def test_all_others_are_signed_out_and_this_one_stays(lan: Person) -> None:
    phone, desk, tablet = (signed_in(lan, agent) for agent in (FIREFOX, EDGE, SAFARI))
    answer = desk.post(f"{URL}others/end/", follow=True)
    assert "2 others are signed out." in answer.text
    assert desk.get("/me/").status_code == 200
    assert all(other.get("/me/")["Location"].startswith("/sign-in/") for other in (phone, tablet))


def test_nobody_signs_somebody_else_out(lan: Person) -> None:
    minh = people.employee("Minh")
    make.login(minh)
    theirs, mine = signed_in(minh, FIREFOX), signed_in(lan, EDGE)
    handle = handle_of("Firefox, Android")
    assert mine.post(f"{URL}{handle}/end/").status_code == 404
    assert mine.post(f"{URL}{handle[:8]}/end/").status_code == 404
    assert mine.post(f"{URL}others/end/").status_code == 303
    assert theirs.get("/me/").status_code == 200
    assert "Firefox" not in mine.get(URL).text


def test_ending_ones_own_browser_signs_out_here(lan: Person) -> None:
    desk = signed_in(lan, EDGE)
    assert desk.post(f"{URL}{handle_of('Edge, Windows')}/end/")["Location"] == "/sign-in/"
    assert desk.get("/me/")["Location"].startswith("/sign-in/")
    assert not Session.objects.filter(login__person=lan).exists()


def test_what_ended_by_time_or_password_stands_there_no_more(lan: Person) -> None:
    signed_in(lan, FIREFOX)
    signed_in(lan, SAFARI)
    desk = signed_in(lan, EDGE)
    Session.objects.filter(digest__startswith=handle_of("Firefox, Android")).update(
        last_seen_at=clock.now() - timedelta(days=3)
    )
    Session.objects.filter(digest__startswith=handle_of("Safari, iPhone")).update(epoch=99)
    text = desk.get(URL).text
    assert "Firefox" not in text
    assert "Safari" not in text


def test_a_kiosk_is_called_by_its_name(lan: Person) -> None:
    device, _browser = make.kiosk("Gate 3")
    open_session(login=make.login_of(lan), at=clock.now(), kiosk=device)
    assert "Gate 3" in signed_in(lan, EDGE).get(URL).text


def test_a_visitor_is_asked_to_sign_in() -> None:
    browser: Any = Client()
    for method, path in (("get", URL), ("post", f"{URL}others/end/"), ("post", f"{URL}{'0' * 24}/end/")):
        assert getattr(browser, method)(path)["Location"].startswith("/sign-in/")
