"""The dump test: nothing in any table, log or file leads from an idea without a name to whoever wrote it."""

import io
import logging
import logging.config
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from kith.access.sessions.models import Session
from kith.config.log import LOGGING
from kith.kernel import clock
from kith.voice.anonymous import actions
from kith.voice.anonymous.limits import READING, WRITING
from kith.voice.anonymous.models import Sealed
from kith.voice.anonymous.opening import open_box, stir
from kith.voice.ideas.models import Idea
from tests.access import make as access
from tests.notices.make import Plant
from tests.voice import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
NOW = datetime(2026, 11, 26, 14, 37, 21, 123456, tzinfo=UTC)
MINUTE = "14:37"
IP = "203.0.113.77"
WORDS = {"title": "The gate is too narrow", "text": "Lorries scratch it every week."}


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> Plant:
    made = make.house()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    WRITING.forget()
    READING.forget()
    return made


def dump() -> dict[str, set[str]]:
    """Return every row of every table as PostgreSQL writes it as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')  # noqa: S608  (names of our own tables)
            found[name] = {row for (row,) in cursor.fetchall()}
    return found


def added(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[str]:
    """Return the rows that are new or changed, with their table."""
    return [f"{name} {row}" for name, rows in after.items() for row in rows - before.get(name, set())]


def far_away(house: Plant, name: str) -> Any:
    """Return a worker whose key stands nowhere by chance."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('people_person', 'id'), 7391000)")
    return make.worker(house, name)


def browser_of(person: Any) -> Client:
    client = access.client(person)
    client.defaults["REMOTE_ADDR"] = IP
    client.defaults["HTTP_USER_AGENT"] = "Canary/7391"
    return client


def marks(client: Client, person: Any) -> list[str]:
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    session = Session.objects.get(person=person)
    return [str(person.public_id), person.mailbox, key, str(session.digest), IP, "Canary", MINUTE, "14:37:21"]


def by_anybody(row: str, person_id: int) -> bool:
    """Say whether a row names the person's key as a value of its own."""
    values = row.split(" ", 1)[1].strip("()").replace("{", ",").replace("}", ",").replace(":", ",").split(",")
    return str(person_id) in [value.strip('" ') for value in values]


def caught(act: Any) -> str:
    """Return what the real logging of our processes would write while something is done."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    config = LOGGING["filters"]["no_traces"]
    module, _, name = config["()"].rpartition(".")
    handler.addFilter(vars(__import__(module, fromlist=[name]))[name]())
    handler.setFormatter(logging.Formatter(LOGGING["formatters"]["line"]["format"]))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        act()
    finally:
        root.removeHandler(handler)
    return out.getvalue()


def test_an_idea_without_a_name_leaves_no_trace_of_its_author(house: Plant) -> None:
    author = far_away(house, "Quiet Author")
    client = browser_of(author)
    secrets = marks(client, author)
    before = dump()
    answers: list[Any] = []

    def speak() -> None:
        answers.append(client.get("/ideas/anonymous/"))
        answers.append(client.post("/ideas/anonymous/", {"title": "", "text": ""}))
        answers.append(client.post("/ideas/anonymous/", WORDS))
        receipt = answers[-1].context["receipt"] if answers[-1].context else receipt_in(answers[-1])
        answers.append(client.post("/ideas/anonymous/thread/", {"receipt": receipt}))
        answers.append(client.post("/ideas/anonymous/thread/say/", {"receipt": receipt, "text": "It is gate 2."}))
        answers.append(client.post("/ideas/anonymous/thread/", {"receipt": "wrong"}))

    log = caught(speak)
    assert [answer.status_code for answer in answers[:6]] == [200, 422, 200, 200, 409, 422]
    assert [row.split(" ", 1)[0] for row in added(before, dump()) if "voice_" in row] == ["voice_sealed"]
    log += caught(lambda: open_box(at=actions.next_opening(NOW)))
    (idea,) = Idea.objects.filter(author=None)
    opened = {"receipt": receipt_in(answers[2]), "text": "It is gate 2."}
    log += caught(lambda: answers.append(client.post("/ideas/anonymous/thread/say/", opened)))
    log += caught(lambda: open_box(at=actions.next_opening(NOW)))
    rows = added(before, dump())
    assert {row.split(" ", 1)[0] for row in rows} >= {"voice_idea", "voice_receipt", "voice_saying", "promises_promise"}
    assert idea.submitted_at == actions.coarse(NOW)
    found = [(mark, row) for row in rows for mark in secrets if mark in row]
    assert found == []
    assert [row for row in rows if by_anybody(row, author.pk) and not row.startswith("procrastinate")] == []
    assert "/ideas/anonymous" not in log
    receipt = receipt_in(answers[2])
    assert not any(receipt in row or receipt.replace("-", "") in row for row in rows)
    assert all("Set-Cookie" not in answer or settings.SESSION_COOKIE_NAME not in answer.cookies for answer in answers)


def receipt_in(answer: Any) -> str:
    found = re.search(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", answer.content.decode())
    assert found is not None
    return found[0]


def test_negative_control_an_idea_with_a_name_is_found_by_the_same_search(house: Plant) -> None:
    author = far_away(house, "Loud Author")
    client = browser_of(author)
    secrets = marks(client, author)
    before = dump()
    log = caught(lambda: [client.post("/ideas/new/", WORDS), client.post("/ideas/new/", {"title": ""})])
    rows = added(before, dump())
    assert any(by_anybody(row, author.pk) for row in rows if row.startswith("voice_idea"))
    assert any(MINUTE in row for row in rows)
    assert any(mark in row for row in rows for mark in secrets)
    assert "/ideas/new/" in log


def test_the_session_of_whoever_writes_is_not_even_touched(house: Plant) -> None:
    author = house.workers[0]
    client = browser_of(author)
    before = Session.objects.values_list().get(person=author)
    client.post("/ideas/anonymous/", WORDS)
    client.get("/ideas/anonymous/thread/")
    assert Session.objects.values_list().get(person=author) == before
    assert "Sign in" in client.get("/ideas/anonymous/").content.decode()


def test_a_fault_is_logged_without_its_address(house: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_given: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(actions, "submit", broken)
    client = Client(raise_request_exception=False)
    log = caught(lambda: client.post("/ideas/anonymous/", WORDS))
    assert "leaves no trace" in log
    assert "the disk is full" in log
    assert "/ideas/anonymous/" not in log.splitlines()[0]


def counters() -> dict[str, int | None]:
    """Return where every sequence of the database stands: what it counted last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        return dict(cursor.fetchall())


def keys_by_table() -> dict[str, list[int]]:
    """Return the keys of every table of ours that has whole numbers for keys, in the order of rows on disk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() "
            "AND column_name = 'id' AND data_type = 'bigint' AND table_name NOT LIKE 'procrastinate%%'"
        )
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT id FROM "{name}" ORDER BY ctid')  # noqa: S608  (names of our own tables)
            found[name] = [key for (key,) in cursor.fetchall()]
    return found


def at(hour: int) -> datetime:
    return NOW.replace(hour=hour, minute=0, second=0, microsecond=0)


def test_no_key_and_no_order_of_rows_tells_where_in_the_day_it_was_written(house: Plant) -> None:
    """Named ideas before and after, with exact times: nothing without a name lies between them, in any table."""
    author = house.workers[0]
    for hour in (5, 6):
        make.idea(author, title=f"Named at {hour}", at=at(hour))
    before, sequences = keys_by_table(), counters()
    titles = [f"Nameless {number}" for number in range(6)]
    for title in titles:
        actions.submit(title=title, text="Words.", at=at(7))
    after = keys_by_table()
    assert {name for name in after if after[name] != before[name]} == {"voice_sealed"}
    assert counters() == sequences
    for hour in (8, 9):
        make.idea(author, title=f"Named at {hour}", at=at(hour))
    stir(at=at(10))
    named = keys_by_table()
    assert named["voice_sealed"] == sorted(named["voice_sealed"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), min(xmin::text) FROM voice_sealed")
        assert cursor.fetchone()[0] == 1
    by_key = [sealed.words["title"] for sealed in Sealed.objects.order_by("pk")]
    open_box(at=actions.next_opening(at(10)))
    opened = keys_by_table()
    for name, keys in opened.items():
        new = set(keys) - set(named[name])
        if name != "voice_sealed" and new:
            assert min(new) > max(named[name], default=0), name
    assert list(Idea.objects.filter(author=None).order_by("pk").values_list("title", flat=True)) == by_key
    assert list(Idea.objects.filter(author=None).order_by("filing__number").values_list("title", flat=True)) == by_key


def test_control_one_that_is_written_at_once_lies_between_named_neighbours(house: Plant) -> None:
    author = house.workers[0]
    first = make.idea(author, title="Named before", at=at(5))
    sequences = counters()
    actions.submit(title="Nameless", text="Words.", at=at(6))
    open_box(at=actions.next_opening(at(6)))
    assert counters() != sequences
    last = make.idea(author, title="Named after", at=at(8))
    (nameless,) = Idea.objects.filter(author=None)
    assert first.pk < nameless.pk < last.pk


def test_the_order_in_the_box_is_no_order_of_writing(house: Plant) -> None:
    """Of 8 words one order in 40,320 is the order of writing: twice the same would be a wonder."""
    orders = set()
    for _try in range(2):
        Sealed.objects.all().delete()
        for number in range(8):
            actions.submit(title=f"Nameless {number}", text="Words.", at=at(7))
        orders.add(tuple(sealed.words["title"] for sealed in Sealed.objects.order_by("pk")))
    assert len(orders) == 2
