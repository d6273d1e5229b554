"""A person without a password changes the PIN at a kiosk with the one they have."""

import pytest

from kith.access.kiosks.actions import set_pin
from kith.access.kiosks.models import Pin
from kith.kernel import clock
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
OLD, NEW = "482915", "713092"


@pytest.mark.parametrize(("current", "status", "then"), [(OLD, 200, NEW), ("111222", 422, OLD), ("", 422, OLD)])
def test_the_present_pin_is_asked_at_a_kiosk(current: str, status: int, then: str) -> None:
    lan = people.employee("Lan", mailbox="", number="S777")
    login = make.login(lan, password=None, username="s777")
    set_pin(login=login, pin=OLD, at=clock.now())
    _device, browser = make.kiosk()
    browser.post("/kiosk/", {"number": "S777", "pin": OLD})
    before = Pin.objects.get(login=login).secret
    assert browser.post("/me/pin/", {"current": current, "pin": NEW}).status_code == status
    assert (Pin.objects.get(login=login).secret != before) == (then == NEW)
    browser.post("/sign-out/")
    browser.post("/kiosk/", {"number": "S777", "pin": then})
    assert "Lan" in browser.get("/me/").text


def test_elsewhere_the_password_is_asked() -> None:
    lan = people.employee("Lan")
    make.login(lan)
    answer = make.client(lan).post("/me/pin/", {"current": make.PASSWORD, "pin": NEW})
    assert answer.status_code == 200
    assert Pin.objects.filter(login__person=lan).exists()
