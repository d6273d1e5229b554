"""What holds for every endpoint: refusals are problems, answers have tags, tokens have limits."""

import json
from typing import Any

import pytest
from django.test import Client

from kith.access.endpoints import limits
from tests.config.api.make import Program, is_problem
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


@pytest.fixture
def program() -> Program:
    return Program(people.employee(), roles=("communications",))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "nothing-here", 404),
        ("get", "persons/not-a-uuid", 404),
        ("get", "", 404),
        ("delete", "persons", 405),
        ("patch", "segments", 405),
        ("post", "facts", 405),
        ("get", "persons?sort=salary", 400),
        ("get", "persons?q=%00", 400),
        ("get", "persons?cursor=zzz", 400),
        ("get", "units?cursor=-1", 400),
        ("get", "units?cursor=99999999999999999999", 400),
        ("get", "units?limit=0", 422),
        ("get", "units?limit=x", 422),
        ("get", "ties?person=7", 422),
        ("get", "prices", 422),
        ("get", "baskets/%00", 404),
    ],
)
def test_every_refusal_is_a_problem(program: Program, method: str, path: str, status: int) -> None:
    assert is_problem(program.ask(method, path), status)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b'{"a": 1, "a": 2}', "application/json", 400),
        (b'{"name": {"en": "\\u0000"}, "rule": {}}', "application/json", 400),
        (b'{"name": {"en": "\\ud800"}, "rule": {}}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"rule":' * 30 + b"1" + b"}" * 30, "application/json", 400),
        (b"1" * 10_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b'"text"', "application/json", 422),
        (b"", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b"{}", "application/json+x", 415),
        (json.dumps({"name": {"en": "x" * 3_000_000}}).encode(), "application/json", 413),
    ],
)
def test_odd_bodies_are_refused_with_a_sentence(program: Program, content: bytes, kind: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {program.token}"}
    answer = Client().post("/api/v1/segments", content, content_type=kind, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


def test_each_field_at_fault_is_named_with_what_would_be_right(program: Program) -> None:
    said = program.post("notices", {"title": {"fr": "x"}, "severity": "loud", "is_staff": True})
    assert is_problem(said, 422)
    named = {error["field"]: error["detail"] for error in said.body["errors"]}
    assert named["body"] == "This is missing."
    assert named["severity"] == "Write one of: news, important, urgent."
    assert named["is_staff"] == "There is no such field here."
    assert any(field.startswith("title.fr") for field in named)


def test_the_sentence_is_in_the_language_asked_for(program: Program) -> None:
    german = program.get("units?limit=0", Accept_Language="de")
    assert german.headers["Content-Language"] == "en"
    assert program.get("units?limit=0", Accept_Language="vi").headers["Content-Language"] == "vi"


def test_method_not_allowed_says_what_is(program: Program) -> None:
    said = program.ask("delete", "segments")
    assert (said.headers["Allow"], said.body["detail"]) == ("GET, POST, HEAD", "Here you may use: GET, POST.")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer kith_x", "Basic eDp5", "Token x"])
def test_without_a_token_it_is_401_and_says_how(header: str) -> None:
    answer = Client().get("/api/v1/me", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="kith"')
    assert answer["Content-Type"] == "application/problem+json"


def test_a_scope_that_is_missing_is_named() -> None:
    reader = Program(people.employee(), roles=("communications",), scopes=("read",))
    said = reader.post("segments", {"name": {"en": "x"}, "rule": {"everyone": True}})
    assert is_problem(said, 403)
    assert "write" in said.body["detail"]
    assert is_problem(Program(people.employee(), scopes=("operate",)).get("me"), 403)


def test_a_tag_saves_the_second_answer(program: Program) -> None:
    first = program.get("me")
    tag = first.headers["ETag"]
    same = program.get("me", If_None_Match=tag)
    assert (same.status, same.body, same.headers["ETag"]) == (304, None, tag)
    assert "RateLimit-Remaining" in same.headers
    assert first.headers["Cache-Control"] == "private, no-cache"
    program.person.preferred_name = "Somebody else"
    program.person.save()
    assert program.get("me", If_None_Match=tag).status == 200


def test_head_is_get_without_its_body(program: Program) -> None:
    whole, head = program.get("me"), program.ask("head", "me")
    assert (head.status, head.body, head.headers["ETag"]) == (200, None, whole.headers["ETag"])
    assert is_problem(program.get("nothing"), 404)


def test_limits_are_told_and_kept(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "A_MINUTE", 3)
    told = [program.get("me").headers for _ in range(3)]
    assert [each["RateLimit-Remaining"] for each in told] == ["2", "1", "0"]
    assert told[0]["RateLimit-Policy"] == '"token";q=3;w=60'
    assert told[0]["RateLimit"].startswith('"token";r=2;t=')
    over = program.get("me")
    assert is_problem(over, 429)
    assert 1 <= int(over.headers["Retry-After"]) <= 60
    other = Program(program.person)
    assert other.get("me").status == 200  # each token has its own count


def test_a_minute_later_the_count_begins_anew(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from kith.access.apitokens import queries  # noqa: PLC0415

    monkeypatch.setattr(limits, "A_MINUTE", 1)
    now = queries.time.time()
    monkeypatch.setattr(queries.time, "time", lambda: now)
    assert [program.get("me").status for _ in range(2)] == [200, 429]
    monkeypatch.setattr(queries.time, "time", lambda: now + 61)
    assert program.get("me").status == 200


def test_the_token_and_its_count_cost_one_query(program: Program, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # who asks, the number of the rows
        assert program.get("sites").status == 200


def test_a_page_is_capped_however_many_are_asked_for(program: Program) -> None:
    for _ in range(201):
        people.unit()
    page = program.get("units?limit=1000000000").body
    assert len(page["items"]) == 200
    rest = program.get(f"units?cursor={page['next']}").body
    assert rest["next"] is None
    known = {unit["id"] for unit in [*page["items"], *rest["items"]]}
    assert len(known) == len(page["items"]) + len(rest["items"]) >= 202


HOSTILE = [
    "sort", "order_by", "fields", "filter", "id__gt", "person__login__password", "format", "expand", "limit[]",
    "cursor;drop", "x" * 500, "'", '"', "--", "ünïcode", "__class__", "0", "null",
]  # fmt: skip


@pytest.mark.parametrize("path", ["orders", "persons", "invoices", "promises", "requests", "ideas", "products"])
def test_unknown_parameters_are_refused(program: Program, path: str) -> None:
    for name in HOSTILE:
        answer = Client().get(f"/api/v1/{path}", {name: "1"}, headers={"Authorization": f"Bearer {program.token}"})
        assert answer.status_code == 400, name
