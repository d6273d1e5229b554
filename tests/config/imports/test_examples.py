"""The small files of `examples/`: what the README imports, in the dialects of real exports."""

from datetime import date
from pathlib import Path

import pytest

from kith.commerce.prices.models import Price
from kith.commerce.products.models import Product
from kith.config.cli.imports import SHIPPED, as_object, find_mapping, in_words
from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.kinds import KINDS
from kith.kernel.imports.mapping import Mapping, MappingError, read_mapping
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie
from kith.supply.suppliers.models import Supplier
from tests.commerce import make
from tests.people import make as people

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
pytestmark = pytest.mark.django_db


def load(kind: str, name: str, mapping: Mapping | None = None) -> Report:
    return run_import(kind=kind, source=EXAMPLES / name, mapping=mapping, at=make.AT)


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.rejected)


@pytest.fixture
def company() -> Organization:
    made = people.organization(name="Sao Mai", country="VN", currency="VND")
    for kind in ("sites", "shifts", "units"):
        load(kind, f"{kind}.csv")
    return made


@pytest.mark.usefixtures("company")
def test_people_and_their_faults() -> None:
    assert counts(load("people", "people.csv")) == (5, 0, 0, 0)
    assert counts(load("people", "people.csv")) == (0, 0, 5, 0)
    xiaoming = Person.objects.get(full_name="王小明")
    assert (xiaoming.language, xiaoming.zone) == ("zh-Hans", "Asia/Shanghai")
    assert Tie.objects.get(number="E1005").until == date(2025, 12, 31)
    report = load("people", "people-with-faults.csv")
    assert [(r.line, r.field, r.reason) for r in report.rejects] == [
        (3, "full_name", "is missing"),
        (3, "mailbox", "is not a mail address like name@example.org"),
        (3, "born", "is a day that does not exist"),
        (4, "full_name", "is a formula, not a value"),
        (4, "hired", "is not a date like 2026-02-28"),
        (5, "external_id", "is on line 2 already"),
        (6, "left", "lies before the first day"),
        (6, "number", "is the personnel number of someone else"),
        (6, "site", "is no site we know"),
        (6, "manager", "is nobody we know"),
    ]
    assert counts(report) == (1, 0, 0, 4)


@pytest.mark.usefixtures("company")
def test_an_old_personnel_system_in_two_dialects() -> None:
    report = load("people", "old-hr", find_mapping("old-hr-people"))
    assert (counts(report), report.rejects) == ((4, 0, 0, 0), ())
    assert Assignment.objects.get(tie__number="E1003").title == "Weaver, night shift"
    assert Assignment.objects.get(tie__number="E1003").manager == Person.objects.get(mailbox="binh@example.org")
    assert list(Assignment.objects.filter(tie__number="E1002").order_by("since").values_list("title", "until")) == [
        ("Foreman", date(2014, 12, 31)), ("Head of production", None),
    ]  # fmt: skip
    assert counts(load("people", "old-hr", find_mapping("old-hr-people"))) == (0, 0, 4, 0)


def test_the_catalogue_customers_and_suppliers(company: Organization) -> None:
    make.store(organization=company)
    files = {"categories": "categories.csv", "products": "products.jsonl", "prices": "prices.csv"}
    files |= {"customers": "customers.csv", "suppliers": "suppliers.csv"}
    assert [counts(load(kind, name)) for kind, name in files.items()] == [
        (3, 0, 0, 0), (3, 0, 0, 0), (3, 0, 0, 0), (3, 0, 0, 0), (2, 0, 0, 0),
    ]  # fmt: skip
    assert [counts(load(kind, name))[2] for kind, name in files.items()] == [3, 3, 3, 3, 2]
    assert Product.objects.get(slug="lotus-tea").name["zh-Hans"] == "莲花茶"
    assert (Price.objects.count(), Supplier.objects.count()) == (3, 2)
    assert Organization.objects.filter(kind="outside").count() == 4


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_mapping_that_ships_can_be_read_and_fits_its_kind(path: Path) -> None:
    mapping = read_mapping(path)
    fields = {field.name: field for field in KINDS.get(mapping.kind).fields}
    assert set(mapping.fields) <= set(fields)
    assert {name for name, field in fields.items() if field.required} <= set(mapping.fields)
    assert mapping.title


@pytest.mark.usefixtures("company")
def test_what_the_command_prints() -> None:
    report = load("people", "people-with-faults.csv")
    words = in_words(report, rejects=None)
    assert words.startswith("people: 0 new, 0 changed, 0 as before, 5 rejected.\n")
    assert "people-with-faults.csv, line 3: full_name “” is missing" in words
    assert as_object(report)["rejected"] == 5
    with pytest.raises(MappingError, match="There is no mapping “nowhere”; adventureworks-categories,"):
        find_mapping("nowhere")
    with pytest.raises(MappingError):
        find_mapping("../cli/main")
