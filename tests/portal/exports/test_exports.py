"""Lists as files: what one may see and nothing else, fit for import, and written down whose data went out."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.access.looks.models import Look
from kith.kernel.exports.kinds import EXPORTS
from kith.kernel.imports.actions import run_import
from kith.kernel.imports.neutral import restore
from kith.people.persons.models import Person
from kith.people.ties.models import Tie
from tests.access import make
from tests.commerce import make as commerce
from tests.people import make as people
from tests.people.make import AT
from tests.people.privacy import life

pytestmark = pytest.mark.django_db
PRIVATE = ("number", "mailbox", "phone", "born", "hired", "zone", "manager", "external_id")


def taken(browser: Client, kind: str, query: str = "") -> list[dict[str, Any]]:
    answer = browser.get(f"/exports/{kind}/?{query}")
    assert answer.status_code == 200, answer.status_code
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_hr_gets_all_columns_a_colleague_the_directory_and_a_customer_nothing() -> None:
    lan = people.employee(
        "Trần Lan", number="E-1", phone="+84 1", title="Fitter", birth_day=28, birth_month=2, birth_year=1990
    )
    hr, colleague, customer = people.employee("Hr"), people.employee("Colleague"), people.customer("Customer")
    [row] = [r for r in taken(make.client(hr, "hr"), "people") if r["full_name"] == "Trần Lan"]
    assert (row["number"], restore(row["phone"]), row["born"], row["title"]) == ("E-1", "+84 1", "1990-02-28", "Fitter")
    rows = taken(make.client(colleague), "people")
    assert {r["full_name"] for r in rows} == {"Trần Lan", "Hr", "Colleague"}
    assert [r[name] for r in rows for name in PRIVATE if r[name]] == []
    answer = make.client(customer).get("/exports/people/")
    assert answer.status_code == 403
    assert Look.objects.filter(person_id=lan.pk, what="export").count() == 2
    assert not Look.objects.filter(by_id=colleague.pk, person_id=colleague.pk).exists()


def test_what_is_shown_is_what_is_exported() -> None:
    site, hr = people.site(), people.employee("Hr")
    people.employee("Trần Lan", site=site)
    people.employee("Trần Mai")
    browser = make.client(hr, "hr")
    assert [r["full_name"] for r in taken(browser, "people", "q=tran")] == ["Trần Lan", "Trần Mai"]
    assert [r["full_name"] for r in taken(browser, "people", f"q=tran&site={site.code}")] == ["Trần Lan"]
    assert "Export what is shown" in browser.get("/people/?q=tran").text
    assert "Export what is shown" not in make.client(people.employee()).get("/people/").text


@pytest.mark.parametrize("format_", ["csv", "xlsx", "jsonl"])
def test_people_come_back_by_an_import_unchanged(format_: str, tmp_path: Path) -> None:
    unit = people.unit()
    site = people.site(organization=unit.organization)
    boss = people.employee("Boss", number="E-1", unit=unit, site=site)
    names = ["=HYPERLINK(1)", "+49 Person", "Trần Lan", "@home", "-dash"]
    for n, name in enumerate(names):
        people.employee(name, number=f"E-2{n}", manager=boss, title="=1+1", unit=unit, site=site)
    before = {t.number: (t.person.full_name, t.assignments.get().title) for t in Tie.objects.select_related("person")}
    answer = make.client(boss, "hr").get(f"/exports/people/?format={format_}")
    file = tmp_path / f"people.{format_}"
    file.write_bytes(b"".join(answer.streaming_content))
    report = run_import(kind="people", source=file, mapping=None, dry_run=False, at=AT, by_id=None)
    assert (report.created, report.rejected) == (0, 0), report.rejects
    after = {t.number: (t.person.full_name, t.assignments.get().title) for t in Tie.objects.select_related("person")}
    assert after == before
    assert Person.objects.count() == len(names) + 1


def test_one_sees_ones_own_orders_and_the_shop_sees_all() -> None:
    shop = commerce.shop()
    emily, katrin = people.customer("Emily"), people.customer("Katrin")
    for buyer in (emily, katrin):
        commerce.order(shop.store, {shop.product: 1}, buyer)
    assert {r["buyer"] for r in taken(make.client(emily), "orders")} == {"Emily"}
    keeper = make.client(people.employee(), "shop")
    assert {r["buyer"] for r in taken(keeper, "orders")} == {"Emily", "Katrin"}
    assert taken(keeper, "orders", "status=shipped") == []
    assert len(taken(keeper, "orders", "status=placed")) == 2


def test_no_export_holds_a_foreign_canary() -> None:
    """Row 18: the bytes of every export of everybody who has no role hold nothing of somebody else."""
    other = life.boss()
    person = life.life(other)
    canaries = life.sow(person)
    seen_by_all = {"people.person.full_name", "people.person.preferred_name", "people.assignment.title"}
    public = seen_by_all | {name for name in canaries if name.startswith(("voice.idea.", "commerce.orderline."))}
    asked = 0
    for stranger in (people.customer("Stranger"), people.employee("Colleague")):
        browser = make.client(stranger)
        for name in EXPORTS.names():
            for format_ in ("csv", "jsonl"):
                answer = browser.get(f"/exports/{name}/?format={format_}")
                asked += 1
                if answer.status_code != 200:
                    continue
                content = b"".join(answer.streaming_content).decode()
                leaks = {key for key, canary in canaries.items() if canary in content}
                assert leaks <= (public if stranger.full_name == "Colleague" else set()), (name, leaks)
    assert asked == 4 * len(EXPORTS.names())


def test_the_control_somebody_with_the_role_does_get_it() -> None:
    person = life.life(life.boss())
    canaries = life.sow(person)
    browser = make.client(people.employee("Hr"), "hr", "shop", "finance")
    content = "".join(json.dumps(taken(browser, name)) for name in ("people", "orders"))
    assert canaries["people.person.phone"] in content
    assert canaries["commerce.order.ship_to"] in content


@pytest.mark.parametrize(
    "kind",
    [
        "people",
        "orders",
        "products",
        "invoices",
        "ideas",
        "requests",
        "customers",
        "units",
        "prices",
        "suppliers",
        "notices",
    ],
)
def test_many_rows_cost_no_more_questions_than_some(kind: str) -> None:
    boss = life.boss()
    life.life(boss)
    people.customer("First")
    browser = make.client(boss)
    taken(browser, kind)
    numbers = []
    for _round in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            taken(browser, kind)
        numbers.append(len(asked))
        for n in range(3):
            people.employee(f"More {n}")
            people.customer(f"Customer {n}")
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 12


def test_wrong_names_are_told() -> None:
    browser = make.client(people.employee())
    assert browser.get("/exports/nothing/").status_code == 404
    answer = browser.get("/exports/people/?format=pdf")
    assert answer.status_code == 400
    assert "csv, xlsx or jsonl" in answer.text
    assert Client().get("/exports/people/")["Location"].startswith("/sign-in/")
    assert "Prices" not in browser.get("/exports/").text
