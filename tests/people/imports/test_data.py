"""Adventure Works Cycles comes in whole: every count of the export, twice, and back out again."""

import os
from datetime import date, time
from pathlib import Path

import pytest

from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.mapping import read_mapping
from kith.kernel.imports.models import ExternalId, ImportBatch
from kith.kernel.imports.undoing import undo
from kith.people.calendars.models import Shift
from kith.people.organizations.models import Organization, OrganizationKind, Unit
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie, TieKind
from tests.people import make

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("KITH_TEST_DATA", ROOT.parent / "shared" / "data"))
MAPPINGS = ROOT / "src" / "kith" / "config" / "mappings"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.data,
    pytest.mark.skipif(not (DATA / "adventureworks").is_dir(), reason="KITH_TEST_DATA is not there"),
]


def load(kind: str) -> Report:
    return run_import(
        kind=kind, source=DATA, mapping=read_mapping(MAPPINGS / f"adventureworks-{kind}.toml"), at=make.AT
    )


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.rejected)


@pytest.fixture
def works() -> Organization:
    made = make.organization(name="Adventure Works Cycles", country="US", currency="USD")
    for kind in ("sites", "shifts", "units"):
        load(kind)
    return made


@pytest.mark.usefixtures("works")
def test_shifts_and_departments() -> None:
    assert list(Shift.objects.order_by("code").values_list("code", "starts", "ends")) == [
        ("AW-S1", time(7), time(15)), ("AW-S2", time(15), time(23)), ("AW-S3", time(23), time(7)),
    ]  # fmt: skip
    assert Unit.objects.count() == 16
    assert Unit.objects.get(code="AW-D7").name.in_language("en") == "Production"
    assert [counts(load(kind)) for kind in ("sites", "shifts", "units")] == [(0, 0, 1, 0), (0, 0, 3, 0), (0, 0, 16, 0)]


def test_employees_with_history_shifts_birthdays_and_managers(works: Organization) -> None:
    assert counts(load("people")) == (290, 0, 0, 0)
    assert Tie.objects.filter(organization=works, kind=TieKind.EMPLOYEE, until=None).count() == 290
    assert (Assignment.objects.count(), Assignment.objects.exclude(until=None).count()) == (296, 6)
    assert Person.objects.filter(birth_year=None).count() == 0
    chief = Person.objects.get(full_name="Ken J Sánchez")
    assert (chief.birth_year, chief.birth_month, chief.birth_day) == (1969, 1, 29)
    assert (chief.sort_key, chief.mailbox, chief.zone) == (
        "ken j sanchez", "ken0@adventure-works.com", "America/Los_Angeles",
    )  # fmt: skip
    assert chief.ties.get().since == date(2009, 1, 14)
    assert Assignment.objects.filter(manager=None).get().tie.person == chief
    assert Assignment.objects.filter(until=None, manager=chief).count() == 6
    terri = Person.objects.get(mailbox="terri0@adventure-works.com")
    roberto = Person.objects.get(mailbox="roberto0@adventure-works.com")
    assert roberto.ties.get().assignments.get().manager == terri
    moved = list(
        Assignment.objects.filter(tie__number="AW250").order_by("since").values_list("unit__code", "since", "until")
    )
    assert moved == [
        ("AW-D4", date(2011, 2, 25), date(2011, 7, 30)),
        ("AW-D13", date(2011, 7, 31), date(2012, 7, 14)),
        ("AW-D5", date(2012, 7, 15), None),
    ]
    assert counts(load("people")) == (0, 0, 290, 0)


@pytest.mark.usefixtures("works")
def test_customers_and_the_firms_they_stand_for() -> None:
    pytest.importorskip("pyarrow", reason="the names stand in Parquet; the extra “parquet” is not installed")
    report = load("customers")
    assert counts(report) == (19_820, 0, 0, 0)
    assert Organization.objects.filter(kind=OrganizationKind.OUTSIDE).count() == 701
    ties = Tie.objects.filter(kind=TieKind.CUSTOMER)
    assert (ties.count(), ties.exclude(for_organization=None).count()) == (19_119, 635)
    assert Person.objects.count() == 19_119
    gustavo = Person.objects.get(full_name="Gustavo Achong")
    tie = gustavo.ties.get()
    assert tie.for_organization is not None
    assert (tie.number, tie.for_organization.name, tie.for_organization.country) == (
        "AW00029484",
        "Next-Door Bike Store",
        "US",
    )
    assert counts(load("customers")) == (0, 0, 19_820, 0)
    assert report.batch is not None
    undone = undo(batch=report.batch, at=make.AT, by_id=None)
    assert (undone.deleted, undone.kept) == (19_119 + 19_119 + 701, 0)
    assert (Person.objects.count(), Tie.objects.count(), Organization.objects.count()) == (0, 0, 1)
    assert ExternalId.objects.filter(kind__in=["people.person", "people.organization"]).count() == 0
    assert ImportBatch.objects.filter(kind="customers").count() == 2
