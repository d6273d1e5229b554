"""My profile: what I save holds at once, and what is wrong is said."""

from typing import Any

import pytest
from django.conf import settings

from kith.people.calendars.actions import set_deputies
from kith.people.persons.models import BirthdayVisibility, LeapDay
from kith.portal.search.queries import search
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def profile(**given: str) -> dict[str, str]:
    values = {"preferred_name": "", "language": "en", "zone": "Asia/Ho_Chi_Minh", **given}
    return {"part": "profile", **{f"profile-{name}": value for name, value in values.items()}}


def birthday(**given: Any) -> dict[str, Any]:
    values = {"day": "", "month": "", "calendar": "solar", "visibility": "nobody", "leap_day": "feb-28", **given}
    return {"part": "birthday", **{f"birthday-{name}": value for name, value in values.items()}}


def test_a_new_language_and_name_hold_at_once() -> None:
    lan = people.employee("Trần Lan")
    browser = make.client(lan)
    answer = browser.post("/me/", profile(language="vi", preferred_name="Lan  Anh", zone="Europe/Berlin"))
    assert answer["Location"] == "/me/"
    text = browser.get("/me/").text
    assert '<html lang="vi"' in text
    lan.refresh_from_db()
    assert (lan.language, lan.zone, lan.preferred_name) == ("vi", "Europe/Berlin", "Lan Anh")
    assert browser.session["zone"] == "Europe/Berlin"


def test_my_language_wins_over_one_picked_in_this_browser_before() -> None:
    browser = make.client(people.employee())
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert '<html lang="zh-Hans"' in browser.get("/me/").text
    browser.post("/me/", profile(language="vi"))
    assert '<html lang="vi"' in browser.get("/me/").text


def test_colleagues_find_me_by_my_new_name_at_once() -> None:
    lan, reader = people.employee("Trần Lan"), people.employee()
    make.client(lan).post("/me/", profile(preferred_name="Sunny"))
    [group] = search(words="sunny", person_id=reader.pk)
    assert [hit.subject.id for hit in group.hits] == [lan.pk]


def test_a_birthday_is_saved_with_all_its_choices() -> None:
    lan = people.employee()
    given = birthday(day=29, month=2, calendar="lunar", visibility="team", leap_day="mar-1")
    assert make.client(lan).post("/me/", given)["Location"] == "/me/"
    lan.refresh_from_db()
    assert (lan.birth_day, lan.birth_month, lan.birthday_calendar) == (29, 2, "lunar")
    assert (lan.birthday_visibility, lan.leap_day) == (BirthdayVisibility.TEAM, LeapDay.MARCH_1)
    make.client(lan).post("/me/", birthday())
    lan.refresh_from_db()
    assert (lan.birth_day, lan.birth_month) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (birthday(day=30, month=2), "There is no such day."),
        (birthday(day=3), "A birthday has a month and a day."),
        (birthday(day=3, month=13), "less than or equal to 12"),
        (birthday(visibility="world"), "Select a valid choice"),
        (profile(zone="Mars/Base"), "Select a valid choice"),
        (profile(language="xx"), "Select a valid choice"),
        (profile(preferred_name="a\0b"), "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_kept_in_the_form(wrong: dict[str, Any], sentence: str) -> None:
    lan = people.employee(birth_day=7, birth_month=7, language="en")
    answer = make.client(lan).post("/me/", wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    lan.refresh_from_db()
    assert (lan.birth_day, lan.birth_month, lan.language, lan.zone) == (7, 7, "en", "Asia/Ho_Chi_Minh")


def test_i_see_who_stands_in_for_me() -> None:
    lan, dung = people.employee("Lan"), people.employee("Dung Deputy")
    set_deputies(person=lan, deputies=[dung])
    assert "Dung Deputy" in make.client(lan).get("/me/").text


def test_visitors_sign_in_first() -> None:
    for path in ("/me/", "/me/privacy/"):
        assert make.client().get(path)["Location"].startswith("/sign-in/")
