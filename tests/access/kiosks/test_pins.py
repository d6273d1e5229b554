"""Kiosks and PINs: five wrong tries, counted per device (reliability 19)."""

from typing import Any

import pytest
from django.test import Client

from kith.access.kiosks import cookie
from kith.access.kiosks.actions import WrongPin, revoke_kiosk, set_pin, verify_pin
from kith.access.kiosks.models import Kiosk, Pin
from kith.access.kiosks.rules import is_guessable
from kith.access.logins.models import Login
from kith.access.throttle.actions import TooMany
from kith.kernel import clock
from kith.kernel.refusals import BadInput
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
AT = people.AT
PIN = "270391"


def worker(number: str = "4711") -> Login:
    login = make.login(people.employee(number=number), password=None)
    set_pin(login=login, pin=PIN, at=AT)
    return login


def tried(kiosk: Kiosk, number: str, pin: str) -> str:
    try:
        verify_pin(kiosk=kiosk, number=number, pin=pin, at=AT)
    except (WrongPin, TooMany) as refusal:
        return type(refusal).__name__
    return "in"


def test_number_and_pin_open_at_a_kiosk() -> None:
    kiosk, _browser = make.kiosk()
    login = worker()
    assert verify_pin(kiosk=kiosk, number=" 4711 ", pin=PIN, at=AT) == login


@pytest.mark.fault
def test_a_pin_is_void_after_five_wrong_tries_and_says_so_to_nobody() -> None:
    kiosk, _browser = make.kiosk()
    login = worker()
    assert [tried(kiosk, "4711", "999999") for _ in range(5)] == ["WrongPin"] * 5
    assert tried(kiosk, "4711", PIN) == "WrongPin"
    assert Pin.objects.get(login=login).void_at == AT
    set_pin(login=login, pin="804157", at=AT)
    assert tried(kiosk, "4711", "804157") == "in"


@pytest.mark.fault
def test_four_wrong_tries_and_a_right_one_start_again() -> None:
    kiosk, _browser = make.kiosk()
    worker()
    for _ in range(2):
        assert [tried(kiosk, "4711", "999999") for _ in range(4)] == ["WrongPin"] * 4
        assert tried(kiosk, "4711", PIN) == "in"


@pytest.mark.fault
def test_tries_count_per_device_and_other_devices_go_on() -> None:
    first, _ = make.kiosk("Gate 1")
    second, _ = make.kiosk("Gate 2")
    worker()
    assert {tried(first, f"no{n}", "999999") for n in range(100)} == {"WrongPin"}
    assert tried(first, "4711", PIN) == "TooMany"
    assert tried(second, "4711", PIN) == "in"


def test_a_number_that_two_employees_have_opens_for_nobody() -> None:
    kiosk, _browser = make.kiosk()
    worker()
    make.login(people.employee(number="4711"), password=None)
    assert tried(kiosk, "4711", PIN) == "WrongPin"


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567890123", "12345a", "１２３４５６", "000000", "123456", "987654", "121212"]
)
def test_a_pin_that_is_short_or_easy_is_refused(pin: str) -> None:
    with pytest.raises(BadInput):
        set_pin(login=make.login(), pin=pin, at=AT)


def test_what_is_guessable() -> None:
    assert all(is_guessable(pin) for pin in ("111111", "234567", "890123", "765432", "343434", "123123"))
    assert not any(is_guessable(pin) for pin in (PIN, "112233", "135792", "1231234"))


def test_the_kiosk_s_secret_is_kept_only_as_a_hash() -> None:
    kiosk, browser = make.kiosk()
    assert browser.cookies[cookie.name()].value not in str(vars(Kiosk.objects.get(pk=kiosk.pk)))


def test_from_registering_to_taking_out_of_use(django_assert_num_queries: Any) -> None:
    boss, device = people.person(), make.client(people.person())
    device = make.client(boss, "administrator")
    answer = device.post("/kiosk/register/", {"name": "Canteen"})
    assert (answer.status_code, answer["Location"]) == (303, "/kiosk/")
    assert device.get("/admin/kiosks/").status_code == 302
    worker()
    assert "Canteen" in device.get("/kiosk/").text
    answer = device.post("/kiosk/", {"number": "4711", "pin": "999999"})
    assert answer.status_code == 422
    assert 'value="4711"' in answer.text
    assert "999999" not in answer.text
    assert device.post("/kiosk/", {"number": "4711", "pin": PIN}).status_code == 303
    inside = device.get("/me/pin/")
    assert inside.status_code == 200
    assert inside["Refresh"] == "181; url=/kiosk/"
    kiosk = Kiosk.objects.get()
    listing = make.client(boss)
    assert "Canteen" in listing.get("/admin/kiosks/").text
    assert listing.post(f"/admin/kiosks/{kiosk.public_id}/revoke/").status_code == 303
    assert device.get("/me/pin/").status_code == 302
    assert device.post("/kiosk/", {"number": "4711", "pin": PIN}).status_code == 200
    assert "Sign out" not in device.get("/kiosk/").text


def test_an_unregistered_device_opens_to_no_pin() -> None:
    worker()
    visitor = Client()
    visitor.cookies[cookie.name()] = "a-secret-somebody-made-up"
    visitor.post("/kiosk/", {"number": "4711", "pin": PIN})
    assert visitor.get("/me/pin/").status_code == 302


def test_revoking_twice_changes_nothing() -> None:
    kiosk, _browser = make.kiosk()
    revoke_kiosk(public_id=kiosk.public_id, at=AT, by_id=None)
    again = revoke_kiosk(public_id=kiosk.public_id, at=clock.now(), by_id=None)
    assert again.revoked_at == AT
