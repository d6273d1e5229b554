"""Bearer tokens: one query, scopes, and how they end (reliability 20)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kith.access.apitokens.actions import issue_token, revoke_token
from kith.access.apitokens.models import ApiToken
from kith.access.logins.actions import deactivate_login, end_sessions, set_password
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.ties.actions import leave
from tests.access import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.urls")]


def token_of(person: Person, *scopes: str, days: int = 1) -> str:
    now = clock.now()
    expires_at = now + timedelta(days=days)
    return issue_token(person=person, name="till", scopes=scopes or ("read",), expires_at=expires_at, at=now)


def ask(token: str, method: str = "get", path: str = "/api/v1/who", **more: Any) -> Any:
    return getattr(Client(enforce_csrf_checks=True), method)(path, headers={"Authorization": f"Bearer {token}"}, **more)


def test_a_token_speaks_for_its_person_in_one_query(django_assert_num_queries: Any) -> None:
    person = people.person()
    make.grant(person, "hr")
    token = token_of(person)
    with django_assert_num_queries(1):
        answer = ask(token)
    assert answer.json() == {"person": person.pk, "roles": ["hr"]}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer \u00e9", "bearer kith_" + "a" * 43])
def test_without_a_token_of_ours_nobody_is_known(header: str) -> None:
    headers = {"Authorization": header} if header else {}
    assert Client().get("/api/v1/who", headers=headers).status_code == 401


def test_a_scope_is_asked_for_and_policies_still_decide() -> None:
    person = people.person()
    assert ask(token_of(person), "post", "/api/v1/act").status_code == 403
    assert ask(token_of(person, "write"), "post", "/api/v1/act").status_code == 403
    make.grant(person, "hr")
    assert ask(token_of(person), "post", "/api/v1/act").status_code == 403
    assert ask(token_of(person, "read", "write"), "post", "/api/v1/act").json() == {"by": person.pk}


def test_a_cookie_is_no_token() -> None:
    person = people.person()
    browser = make.client(person, "hr")
    assert browser.post("/api/v1/act").status_code == 401


def test_only_a_hash_is_kept() -> None:
    token = token_of(people.person())
    assert token not in str(vars(ApiToken.objects.get()))


def _password(person: Person) -> None:
    set_password(login=person.login, password="another-corridor-77", at=clock.now())


def _close(person: Person) -> None:
    deactivate_login(login=person.login, at=clock.now())


def _everywhere(person: Person) -> None:
    end_sessions(login=person.login)


def _deactivate(person: Person) -> None:
    deactivate(person=person, at=clock.now(), by_id=None)


def _leave(person: Person) -> None:
    leave(person=person, on=clock.local_date(clock.now(), person.zone) - timedelta(days=1), at=clock.now(), by_id=None)


def _revoke(person: Person) -> None:
    public_id = ApiToken.objects.get(person=person).public_id
    revoke_token(public_id=public_id, person_id=person.pk, at=clock.now(), by_id=person.pk)


@pytest.mark.fault
@pytest.mark.parametrize("end", [_password, _close, _everywhere, _deactivate, _leave, _revoke])
def test_every_ending_kills_the_token_at_the_next_request(end: Callable[[Person], None]) -> None:
    person, other = people.employee(), people.employee()
    for one in (person, other):
        make.login(one)
    token, kept = token_of(person), token_of(other)
    assert ask(token).status_code == 200
    end(person)
    assert ask(token).status_code == 401
    assert ask(kept).status_code == 200


def test_a_token_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    token, now = token_of(people.person(), days=2), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    assert ask(token).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2))
    assert ask(token).status_code == 401


def test_nobody_revokes_another_s_token() -> None:
    owner, other = people.person(), people.person()
    token_of(owner)
    with pytest.raises(NotFound):
        revoke_token(public_id=ApiToken.objects.get().public_id, person_id=other.pk, at=clock.now(), by_id=other.pk)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": " "}),
        ("scopes", {"scopes": ["root"]}),
        ("scopes", {"scopes": []}),
        ("expires_at", {"expires_at": people.AT}),
    ],
)
def test_wrong_input_is_named(field: str, given: dict[str, Any]) -> None:
    wanted = {"name": "till", "scopes": ["read"], "expires_at": people.AT + timedelta(days=1), **given}
    with pytest.raises(BadInput) as refusal:
        issue_token(person=people.person(), at=people.AT, **wanted)
    assert refusal.value.field == field
