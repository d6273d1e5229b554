"""Sessions: one query, ids that are new, sessions that end at once (reliability 20)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kith.access.grants.actions import grant_role
from kith.access.kiosks.actions import revoke_kiosk
from kith.access.logins.actions import deactivate_login, end_sessions, set_password
from kith.access.sessions.actions import forget_ended, open_session
from kith.access.sessions.models import Session
from kith.access.sessions.queries import digest_of, person_of, still_signed_in
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.ties.actions import leave
from tests.access import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.urls")]
COOKIE = settings.SESSION_COOKIE_NAME


def who(browser: Client) -> dict[str, Any]:
    return browser.get("/who/").json()


def test_a_signed_in_request_costs_one_query(django_assert_num_queries: Any) -> None:
    person = people.employee()
    browser = make.client(person, "hr", "agent")
    with django_assert_num_queries(1):
        answer = who(browser)
    assert answer["person"] == person.pk
    assert answer["roles"] == ["agent", "hr"]
    assert answer["employed"] is True
    assert answer["manages"] is False


def test_a_visitor_costs_nothing_and_gets_no_cookie(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/plain/")
    assert answer.cookies == {}
    assert "Cookie" not in answer.headers.get("Vary", "") or answer["Content-Type"].startswith("text/html")
    assert "Cache-Control" not in answer.headers


def test_what_a_signed_in_person_saw_is_never_stored() -> None:
    assert make.client(people.person()).get("/plain/")["Cache-Control"] == "no-store, private"


def test_a_manager_is_known_as_one() -> None:
    boss = people.employee()
    people.employee(manager=boss)
    assert who(make.client(boss))["manages"] is True


def test_a_given_id_is_never_adopted() -> None:
    browser = Client()
    browser.cookies[COOKIE] = "a-key-the-attacker-chose-0123456789"
    browser.get("/fill/")
    assert browser.cookies[COOKIE].value != "a-key-the-attacker-chose-0123456789"
    assert not Session.objects.filter(digest=digest_of("a-key-the-attacker-chose-0123456789")).exists()


def test_a_visitor_s_data_stays_theirs() -> None:
    browser = Client()
    browser.get("/fill/")
    assert who(browser)["basket"] == [1, 2]
    assert who(Client())["basket"] is None


def test_the_key_is_kept_only_as_a_hash() -> None:
    login = make.login()
    key = open_session(login=login, at=clock.now())
    row = Session.objects.get(login=login)
    assert row.digest == digest_of(key)
    assert key not in str(row.__dict__)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    answer = Client().get("/fill/")
    cookie = answer.cookies[COOKIE]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""


def test_a_change_of_roles_gives_a_new_id_and_kills_the_old_one() -> None:
    person = people.person()
    browser = make.client(person)
    old = browser.cookies[COOKIE].value
    grant_role(person=person, role="hr", at=clock.now())
    assert who(browser)["roles"] == ["hr"]
    new = browser.cookies[COOKIE].value
    assert new != old
    assert person_of(key=new, at=clock.now()) == person.pk
    assert person_of(key=old, at=clock.now()) is None
    who(browser)
    assert browser.cookies[COOKIE].value == new


def _password(person: Person) -> None:
    set_password(login=person.login, password="another-corridor-77", at=clock.now())


def _close(person: Person) -> None:
    deactivate_login(login=person.login, at=clock.now())


def _everywhere(person: Person) -> None:
    end_sessions(login=person.login)


def _deactivate(person: Person) -> None:
    deactivate(person=person, at=clock.now(), by_id=None)


def _left_yesterday(person: Person) -> None:
    leave(person=person, on=clock.local_date(clock.now(), person.zone) - timedelta(days=1), at=clock.now(), by_id=None)


def _leaves_today(person: Person) -> None:
    leave(person=person, on=clock.local_date(clock.now(), person.zone), at=clock.now(), by_id=None)
    tell_all(at=clock.now())


ENDINGS = [_password, _close, _everywhere, _deactivate, _left_yesterday, _leaves_today]


@pytest.mark.fault
@pytest.mark.parametrize("end", ENDINGS)
def test_every_ending_kills_twenty_of_twenty_sessions_at_the_next_request(end: Any) -> None:
    person = people.employee()
    make.login(person)
    browsers = [make.client(person) for _ in range(20)]
    digests = {digest_of(browser.cookies[COOKIE].value) for browser in browsers}
    assert all(who(browser)["person"] == person.pk for browser in browsers)
    assert still_signed_in(digests=digests, at=clock.now()) == digests
    end(person)
    assert [who(browser)["person"] for browser in browsers] == [None] * 20
    tell_all(at=clock.now())
    assert still_signed_in(digests=digests, at=clock.now()) == set()


def test_an_ending_of_somebody_else_kills_nothing() -> None:
    person, other = people.employee(), people.employee()
    make.login(other)
    browser = make.client(person)
    for end in ENDINGS[:4]:
        end(other)
    tell_all(at=clock.now())
    assert who(browser)["person"] == person.pk


def test_who_leaves_in_the_future_is_out_the_day_after_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    person = people.employee()
    browser = make.client(person)
    digests = {digest_of(browser.cookies[COOKIE].value)}
    today = clock.local_date(clock.now(), person.zone)
    leave(person=person, on=today + timedelta(days=1), at=clock.now(), by_id=None)
    tell_all(at=clock.now())
    assert who(browser)["person"] == person.pk
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=1))
    assert who(browser)["person"] == person.pk
    assert still_signed_in(digests=digests, at=clock.now()) == digests
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=2))
    assert still_signed_in(digests=digests, at=clock.now()) == set()
    assert who(browser)["person"] is None


def test_idle_sessions_end_after_three_days_and_all_after_fourteen(monkeypatch: pytest.MonkeyPatch) -> None:
    person, start = people.person(), clock.now()
    browser = make.client(person, at=start)
    for day in (2, 4, 6, 8, 10, 12, 13):
        monkeypatch.setattr(clock, "now", lambda day=day: start + timedelta(days=day, hours=23))
        assert who(browser)["person"] == person.pk, day
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=14))
    assert who(browser)["person"] is None
    monkeypatch.setattr(clock, "now", lambda: start)
    browser = make.client(person, at=start)
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=3, seconds=-1))
    assert who(browser)["person"] == person.pk
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=6))
    assert who(browser)["person"] is None


def test_a_kiosk_session_ends_after_three_idle_minutes_and_with_the_kiosk(monkeypatch: pytest.MonkeyPatch) -> None:
    device, _browser = make.kiosk()
    person, start = people.person(), clock.now()
    key = open_session(login=make.login(person), at=start, kiosk=device)
    browser = Client()
    browser.cookies[COOKIE] = key
    for minute in (2, 4, 6):
        monkeypatch.setattr(clock, "now", lambda minute=minute: start + timedelta(minutes=minute))
        assert who(browser)["person"] == person.pk
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=9))
    assert who(browser)["person"] is None
    monkeypatch.setattr(clock, "now", lambda: start)
    browser.cookies[COOKIE] = open_session(login=person.login, at=start, kiosk=device)
    assert who(browser)["kiosk"] == device.pk
    revoke_kiosk(public_id=device.public_id, at=start, by_id=None)
    assert who(browser)["person"] is None


def test_a_clock_set_back_signs_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    person, start = people.person(), clock.now()
    browser = make.client(person)
    monkeypatch.setattr(clock, "now", lambda: start - timedelta(days=1))
    assert who(browser)["person"] == person.pk


def test_a_session_that_ended_while_a_page_wrote_to_it_is_not_brought_back() -> None:
    person = people.person()
    browser = make.client(person)
    Session.objects.all().delete()
    browser.get("/fill/")
    assert who(browser)["person"] is None


def test_a_view_that_skips_csrf_never_hears_the_cookie_s_person() -> None:
    browser = make.client(people.person(), csrf=True)
    assert browser.post("/webhook/").json() == {"person": None}
    assert browser.get("/webhook/").json()["person"] is not None


def test_the_person_s_language_and_zone_are_in_the_session() -> None:
    person = people.person(language="vi", zone="Asia/Ho_Chi_Minh")
    assert make.client(person).get("/plain/")["Content-Language"] == "vi"
    person.language = "zh-Hans"
    person.save()
    assert make.client(person).get("/plain/")["Content-Language"] == "zh-Hans"


def test_what_is_over_is_removed() -> None:
    person, now = people.person(), clock.now()
    make.client(person, at=now - timedelta(days=15))
    make.client(person, at=now)
    assert forget_ended(at=now) == 1
    assert Session.objects.count() == 1


def test_nobody_is_signed_in_on_the_day_they_were_not_hired_yet() -> None:
    person = people.employee(since=date(2999, 1, 1))
    assert who(make.client(person))["employed"] is False
