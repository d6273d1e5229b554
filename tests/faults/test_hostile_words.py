"""Rows 24, 25, 29 and 31: names, templates and formulas in what people send stay words; lists have an end."""

import ast
import re
import time
from pathlib import Path
from typing import Any

import pytest

from kith.access.routes import all_routes
from kith.kernel import clock
from kith.kernel.texts import Text
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut
from kith.promises.duty.actions import set_holders
from kith.support.requests.actions import ask
from tests.access import make as access
from tests.messaging import make as messages
from tests.people import make as people

pytestmark = [pytest.mark.fault, pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "id); DROP TABLE people_person;--", "' OR '1'='1", '"', "''", "1;select pg_sleep(9)", "(SELECT 1)", "password",
    "login__password", "person__login__password", "__class__", "-", "--", "?", "\\", "%", "%s", "%(x)s", "{0}", "{}",
    "$1", "name\0", "a" * 5000, "ORDER BY 1", "../../etc/passwd", "NULL", "-1", "9" * 40, "1e309", "NaN", "\ud7ff", "😀",
    "id,id", "id desc", "id__gt", "pk", "🤷‍♀️'--", "0x41", "/*", "*/", "#",
]  # fmt: skip
ASKED = ("sort", "order", "fields", "filter", "q", "page", "limit", "after", "before", "state", "month", "unit", "next")
TEMPLATES = ["{{7*7}}", "{% debug %}", "{{x.__class__}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0.__class__}", "%(x)s"]
NASTY = [
    "<" * 50_000 + ">" * 50_000, " \t" * 50_000 + "x", "a" * 100_000 + "!", "=" * 100_000, "1," * 50_000,
]  # fmt: skip
SQL_BY_HAND = {"extra", "raw"}
COMPILED = {
    "care/programmes/queries.py", "notices/publishing/reading.py", "people/segments/queries.py",  # the segment compiler's
    "config/demo/actions.py",  # names of our own tables, quoted
}  # fmt: skip


def pages() -> list[str]:
    return [route.path for route in all_routes() if "<" not in route.path and "GET" in route.methods]


@pytest.mark.row(24)
def test_hostile_names_in_every_lists_address_are_no_fault(check_size: str, measured: Any) -> None:
    boss = access.client(people.employee(language="en"), "administrator", "hr", "shop", "finance", "communications")
    boss.raise_request_exception = False
    names = NAMES if check_size == "full" else NAMES[::9]
    faults, asked = [], 0
    for path in pages():
        if path.startswith("/sign-out") or path == "/health/ready":
            continue
        for word in names:
            asked += 1
            status = boss.get(path, dict.fromkeys(ASKED, word)).status_code
            if status >= 500:
                faults.append(f"{path} {word[:30]!r}: {status}")
    measured(
        "Hostile sort, field and filter names", "0 x 5xx", f"{asked:,} requests to {len(pages())} pages, {len(faults)}"
    )
    assert not faults, "\n".join(faults)


def holds_a_value(words: ast.AST) -> bool:
    """Say whether an f-string holds anything but the module's own constants (`_TABLE`)."""
    parts = [part.value for part in ast.walk(words) if isinstance(part, ast.FormattedValue)]
    return any(not (isinstance(part, ast.Name) and part.id.isupper()) for part in parts)


def sql_by_hand(source: str) -> list[int]:
    """Return the lines on which SQL is asked for past the ORM, or made from an f-string with a value in it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            chained = isinstance(node.func.value, ast.Attribute | ast.Call)
            if node.func.attr in SQL_BY_HAND and chained:
                found.append(node.lineno)
            if node.func.attr == "execute" and node.args and holds_a_value(node.args[0]):
                found.append(node.lineno)
    return found


@pytest.mark.row(24)
def test_no_code_makes_sql_of_what_people_send(measured: Any) -> None:
    files = [path for path in (ROOT / "src" / "kith").rglob("*.py") if "benches" not in path.parts]
    found = {str(path.relative_to(ROOT / "src" / "kith")) for path in files if sql_by_hand(path.read_text())}
    wrong = found - COMPILED
    measured("extra(, raw(, execute(f-string", "0", f"{len(wrong)} in {len(files)} files")
    assert wrong == set()


@pytest.mark.row(24)
def test_control_the_reader_of_code_finds_what_it_looks_for() -> None:
    bad = 'c.execute(f"SELECT {x}")\nP.objects.raw("x")\nP.objects.all().extra(where=[y])\n'
    assert sql_by_hand(bad) == [1, 2, 3]


@pytest.mark.row(25)
@pytest.mark.parametrize("words", TEMPLATES)
def test_a_template_in_a_text_arrives_as_it_was_written(words: str) -> None:
    at = clock.now()
    lan = people.customer("Lan", language="en")
    set_holders(code="support", persons=[people.employee()], at=at, by_id=None)
    ask(asker=lan, title=f"Why {words}", text=f"Because {words}", at=at)
    message = messages.message([lan], title=Text(en=f"Now {words}"), body=Text(en=f"Here {words}"), at=at)
    make_mails(message_id=message.pk, after=0, upto=lan.pk, at=at)
    browser = access.client(lan)
    escaped = words.replace("<", "&lt;").replace(">", "&gt;")
    assert f"Why {escaped}" in browser.get("/support/").text
    assert f"Now {escaped}" in browser.get(f"/inbox/{message.public_id}/").text
    mail = MailOut.objects.get(delivery_id__isnull=False)
    assert f"Now {words}" in mail.subject
    assert f"Here {words}" in mail.text
    assert f"Here {escaped}" in mail.html


@pytest.mark.row(25)
def test_control_a_template_engine_would_have_worked_it_out() -> None:
    from jinja2 import Template  # noqa: PLC0415

    assert Template("Why {{7*7}}").render() == "Why 49"


@pytest.mark.row(31)
def test_a_hundred_kilobytes_of_nasty_words_are_answered_in_a_second(check_size: str, measured: Any) -> None:
    boss = access.client(people.employee(language="en"), "administrator", "hr", "shop", "finance", "communications")
    boss.raise_request_exception = False
    slowest = ("", 0.0)
    faults = []
    for route in all_routes():
        if (
            "POST" not in route.methods
            or "<" in route.path
            or route.path.startswith(("/sign-out", "/sign-in", "/kiosk"))
        ):
            continue
        for word in NASTY if check_size == "full" else NASTY[:2]:
            begun = time.process_time()
            answer = boss.post(
                route.path, dict.fromkeys((*ASKED, "title", "text", "body", "name", "words", "rule"), word)
            )
            took = time.process_time() - begun
            slowest = max(slowest, (route.path, took), key=lambda one: one[1])
            if answer.status_code >= 500:
                faults.append(f"{route.path}: {answer.status_code}")
    measured(
        "100 kB of nasty words into every form",
        "< 1 s each, 0 x 5xx",
        f"slowest {slowest[1]:.2f} s, {len(faults)} faults",
    )
    assert not faults, "\n".join(faults)
    assert slowest[1] < 5  # seconds of this process


@pytest.mark.row(31)
@pytest.mark.parametrize("limit", ["1000000000", "0", "-1", "x"])
def test_a_page_of_the_api_has_an_end(limit: str) -> None:
    for route in all_routes():
        if not re.fullmatch(r"/api/v1/[a-z]+", route.path) or "GET" not in route.methods:
            continue
        boss = access.client(people.employee(language="en"), "administrator")
        assert boss.get(route.path, {"limit": limit}).status_code < 500
