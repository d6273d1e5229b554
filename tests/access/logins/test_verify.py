"""Guessing passwords: how often, from where, and what a wrong one learns (reliability 19 and 21)."""

import statistics
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from kith.access.logins import hashing
from kith.access.logins.actions import (
    WrongCredentials,
    create_login,
    deactivate_login,
    set_password,
    verify,
)
from kith.access.logins.models import Login
from kith.access.throttle import actions as throttle
from kith.access.throttle.actions import TooMany
from kith.access.throttle.models import Tally
from kith.kernel.refusals import BadInput
from kith.people.persons.actions import deactivate
from kith.people.ties.actions import become_customer, leave
from kith.people.ties.models import Tie
from tests.access import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.row(21)]
AT = people.AT
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def outcome(username: str, password: str, *, address: str = HERE, at: Any = AT) -> str:
    try:
        verify(username=username, password=password, address=address, at=at)
    except (WrongCredentials, TooMany, hashing.Busy) as refusal:
        return type(refusal).__name__
    return "in"


def test_a_name_is_known_in_any_spelling() -> None:
    login = make.login(people.person(mailbox="Lan@Example.com"))
    assert verify(username="  LAN@example.COM ", password=make.PASSWORD, address=HERE, at=AT) == login


@pytest.mark.fault
def test_the_eleventh_wrong_password_is_refused_and_the_right_one_too_for_an_hour() -> None:
    name = make.login().username
    assert [outcome(name, "wrong") for _ in range(10)] == ["WrongCredentials"] * 10
    assert outcome(name, "wrong") == "TooMany"
    assert outcome(name, make.PASSWORD) == "TooMany"
    assert outcome(name, make.PASSWORD, at=AT + timedelta(minutes=59)) == "TooMany"
    assert outcome(name, make.PASSWORD, at=AT + timedelta(hours=1)) == "in"


@pytest.mark.fault
def test_other_accounts_and_other_addresses_are_unaffected() -> None:
    name, other = make.login().username, make.login().username
    for _ in range(11):
        outcome(name, "wrong")
    assert outcome(other, make.PASSWORD) == "in"
    assert outcome(name, make.PASSWORD, address=ELSEWHERE) == "in"


@pytest.mark.fault
def test_the_hundred_and_first_wrong_password_of_an_address_is_refused() -> None:
    name = make.login().username
    assert {outcome(f"nobody{n}", "wrong") for n in range(100)} == {"WrongCredentials"}
    assert outcome("nobody100", "wrong") == "TooMany"
    assert outcome(name, make.PASSWORD) == "TooMany"
    assert outcome(name, make.PASSWORD, address=ELSEWHERE) == "in"


def test_right_passwords_are_never_counted() -> None:
    names = [make.login().username for _ in range(3)]
    assert {outcome(name, make.PASSWORD) for _ in range(40) for name in names} == {"in"}


def test_a_right_password_forgets_the_wrong_ones_of_its_account() -> None:
    name = make.login().username
    for _ in range(3):
        assert [outcome(name, "wrong") for _ in range(9)] == ["WrongCredentials"] * 9
        assert outcome(name, make.PASSWORD) == "in"


@pytest.mark.fault
def test_negative_control_without_counting_the_eleventh_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    name = make.login().username
    monkeypatch.setattr(throttle, "count", lambda **_: None)
    assert [outcome(name, "wrong") for _ in range(12)] == ["WrongCredentials"] * 12


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_forty_guesses_at_once_are_ten_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    name, found, start = make.login().username, [], threading.Barrier(40)
    monkeypatch.setattr(hashing, "matches", lambda _secret, _kept: False)

    def guess() -> None:
        start.wait()
        try:
            found.append(outcome(name, "wrong"))
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found.count("WrongCredentials"), found.count("TooMany")) == (10, 30)


def _deactivated(login: Login) -> None:
    deactivate(person=login.person, at=AT, by_id=None)


def _closed(login: Login) -> None:
    deactivate_login(login=login, at=AT)


def _left(login: Login) -> None:
    leave(person=login.person, on=AT.date() - timedelta(days=1), at=AT, by_id=None)


@pytest.mark.parametrize("end", [_deactivated, _closed, _left])
def test_who_may_not_enter_is_answered_like_a_wrong_password(end: Callable[[Login], None]) -> None:
    login = make.login(people.employee())
    end(login)
    assert outcome(login.username, make.PASSWORD) == "WrongCredentials"


def test_a_former_employee_who_is_a_customer_may_enter() -> None:
    login = make.login(people.employee())
    _left(login)
    company = Tie.objects.get(person=login.person).organization
    become_customer(person=login.person, organization=company, since=AT.date(), at=AT)
    assert outcome(login.username, make.PASSWORD) == "in"


def test_a_login_without_a_password_opens_to_nothing() -> None:
    name = make.login(password=None).username
    assert {outcome(name, guess) for guess in ("", "!", "x" * 1_001, "nobody's password")} == {"WrongCredentials"}


@pytest.fixture
def real_hashes(settings: Any) -> Any:
    settings.PASSWORD_HASHERS = ["kith.access.logins.hashing.Argon2"]
    hashing._decoy.cache_clear()
    yield
    hashing._decoy.cache_clear()


def _medians(names: tuple[str, str], tries: int) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for n in range(tries):
        for name, times in zip(names, took, strict=True):
            begin = time.perf_counter()
            outcome(name, "wrong", address=f"203.0.113.{n}")
            times.append(time.perf_counter() - begin)
    return statistics.median(took[0]), statistics.median(took[1])


@pytest.mark.alone
@pytest.mark.fault
def test_a_known_name_takes_as_long_as_an_unknown_one(real_hashes: None, check_size: str, measured: Any) -> None:
    tries = 200 if check_size == "full" else 60
    known = make.login().username
    outcome(known, "wrong")
    a, b = _medians((known, "nobody@example.com"), tries)
    measured("known or unknown name", "median within 10 %", f"{abs(a - b) / b:.1%} over {tries} tries each")
    assert abs(a - b) / b < 0.10


@pytest.mark.alone
@pytest.mark.fault
def test_negative_control_without_the_decoy_the_time_tells(real_hashes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    known, whole = make.login().username, hashing.matches
    monkeypatch.setattr(hashing, "matches", lambda secret, kept: whole(secret, kept) if kept else False)
    a, b = _medians((known, "nobody@example.com"), 10)
    assert abs(a - b) / b > 0.10


def test_passwords_are_kept_as_argon2(real_hashes: None) -> None:
    login = create_login(person=people.person(), username="kim", password=make.PASSWORD, at=AT)
    assert login.password.startswith("argon2$argon2id$v=19$m=32768,t=2,p=1$")


@pytest.mark.fault
def test_a_flood_waits_in_no_thread_and_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    name = make.login().username
    for _ in range(hashing.AT_ONCE + hashing.IN_LINE):
        assert hashing._places.acquire(blocking=False)
    try:
        begin = time.perf_counter()
        assert {outcome(name, "wrong") for _ in range(30)} == {"Busy"}
        assert time.perf_counter() - begin < 2
    finally:
        for _ in range(hashing.AT_ONCE + hashing.IN_LINE):
            hashing._places.release()
    assert set(Tally.objects.values_list("count", flat=True)) <= {0}
    assert outcome(name, make.PASSWORD) == "in"


@pytest.mark.parametrize("password", ["short", "password123", "x" * 1_001])
def test_a_weak_password_is_refused_and_changes_nothing(password: str) -> None:
    login = make.login()
    with pytest.raises(BadInput) as refusal:
        set_password(login=login, password=password, at=AT)
    assert refusal.value.field == "password"
    assert outcome(login.username, make.PASSWORD) == "in"
    assert Login.objects.get(pk=login.pk).epoch == 0


@pytest.mark.parametrize("username", ["", "   ", "two words", "x" * 255, "a\0b"])
def test_a_username_that_is_none_is_refused(username: str) -> None:
    with pytest.raises(BadInput):
        create_login(person=people.person(), username=username, at=AT)


def test_a_username_is_taken_once_in_any_spelling() -> None:
    make.login(username="kim")
    with pytest.raises(BadInput):
        create_login(person=people.person(), username="KIM", at=AT)
