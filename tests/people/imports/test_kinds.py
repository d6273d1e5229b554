"""People's imports: what is new, what moved, what is wrong, and what stays a person's own."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.facts.models import Fact
from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.kinds import KINDS
from kith.kernel.imports.models import ImportedRow
from kith.kernel.imports.templates import template_csv
from kith.kernel.imports.undoing import undo
from kith.people.calendars.models import Calendar
from kith.people.organizations.models import Organization, Site, Unit
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie
from tests.people import make

pytestmark = pytest.mark.django_db
HEADER = "external_id,full_name,hired,left,number,unit,site,shift,title,manager,assigned_since\n"


@pytest.fixture
def company() -> Organization:
    made = make.organization(name="Sao Mai", country="VN")
    plant = make.unit(organization=made, code="plant")
    make.unit(organization=made, code="sales", parent=plant)
    make.site(organization=made, code="hue", zone="Asia/Ho_Chi_Minh")
    make.shift("night")
    return made


def load(kind: str, tmp_path: Path, text: str | bytes) -> Report:
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return run_import(kind=kind, source=path, at=make.AT)


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.rejected)


def placed(number: str) -> list[tuple[str, str, date, date | None]]:
    rows = Assignment.objects.filter(tie__number=number).order_by("since")
    return list(rows.values_list("unit__code", "site__code", "since", "until"))


@pytest.mark.usefixtures("company")
def test_new_people_are_placed_under_their_managers_in_any_order(tmp_path: Path) -> None:
    text = HEADER + "2,Trần Bình,2021-01-01,,E2,sales,,night,Clerk,1,\n1,Nguyễn Đào,2020-03-01,,E1,plant,hue,,Head,,\n"
    assert counts(load("people", tmp_path, text)) == (2, 0, 0, 0)
    binh, dao = Person.objects.get(full_name="Trần Bình"), Person.objects.get(full_name="Nguyễn Đào")
    assert (binh.sort_key, binh.zone) == ("tran binh", "Asia/Ho_Chi_Minh")
    assignment = Assignment.objects.get(tie__person=binh)
    assert (assignment.manager, assignment.title, assignment.since) == (dao, "Clerk", date(2021, 1, 1))
    assert assignment.shift is not None
    assert placed("E1") == [("plant", "hue", date(2020, 3, 1), None)]
    assert sorted(Fact.objects.values_list("kind", flat=True)) == [
        "kernel.ImportCommitted", "people.PersonRegistered", "people.PersonRegistered",
    ]  # fmt: skip
    assert Fact.objects.filter(about=[f"person:{dao.pk}"]).exists()
    assert counts(load("people", tmp_path, text)) == (0, 0, 2, 0)


@pytest.mark.usefixtures("company")
def test_a_move_keeps_history_and_a_correction_does_not_make_any(tmp_path: Path) -> None:
    load("people", tmp_path, HEADER + "1,Ann,2020-03-01,,E1,plant,hue,,Clerk,,\n")
    moved = load("people", tmp_path, HEADER + "1,Ann,2020-03-01,,E1,sales,hue,,Clerk,,2026-06-01\n")
    assert counts(moved) == (0, 1, 0, 0)
    assert placed("E1") == [
        ("plant", "hue", date(2020, 3, 1), date(2026, 5, 31)),
        ("sales", "hue", date(2026, 6, 1), None),
    ]
    assert Fact.objects.filter(kind="people.EmployeeMoved").count() == 1
    load("people", tmp_path, HEADER + "1,Ann,2020-03-01,,E1,sales,hue,night,Chief,,2026-06-01\n")
    assert len(placed("E1")) == 2
    assert Assignment.objects.get(until=None).title == "Chief"
    undated = load("people", tmp_path, HEADER + "1,Ann,2020-03-01,,E1,plant,hue,night,Chief,,\n")
    assert counts(undated) == (0, 1, 0, 0)
    assert placed("E1")[-1] == ("plant", "hue", make.AT.date(), None)
    assert undated.batch is not None
    undo(batch=undated.batch, at=make.AT, by_id=None)
    assert placed("E1") == [
        ("plant", "hue", date(2020, 3, 1), date(2026, 5, 31)),
        ("sales", "hue", date(2026, 6, 1), None),
    ]


@pytest.mark.usefixtures("company")
def test_who_leaves_ends_everywhere_and_may_come_back_under_the_old_number(tmp_path: Path) -> None:
    load("people", tmp_path, HEADER + "1,Ann,2020-03-01,,E1,plant,hue,,,,\n")
    assert counts(load("people", tmp_path, HEADER + "1,Ann,2020-03-01,2025-06-30,E1,plant,hue,,,,\n")) == (0, 1, 0, 0)
    assert placed("E1") == [("plant", "hue", date(2020, 3, 1), date(2025, 6, 30))]
    assert Fact.objects.filter(kind="people.EmployeeLeft").count() == 1
    assert counts(load("people", tmp_path, HEADER + "1,Ann,2026-11-01,,E1,sales,hue,,,,\n")) == (0, 1, 0, 0)
    assert list(Tie.objects.order_by("since").values_list("number", "since", "until")) == [
        ("", date(2020, 3, 1), date(2025, 6, 30)), ("E1", date(2026, 11, 1), None),
    ]  # fmt: skip
    assert placed("E1") == [("sales", "hue", date(2026, 11, 1), None)]
    assert Fact.objects.filter(kind="people.EmployeeHired").count() == 1


def test_every_wrong_reference_is_named(company: Organization, tmp_path: Path) -> None:
    other = make.organization(name="Elsewhere", kind="ours", parent=company)
    make.unit(organization=other, code="theirs")
    outside = make.organization(name="Outside Ltd", kind="outside")
    make.employee("Old Hand", number="E9", unit=Unit.objects.get(code="plant"), site=Site.objects.get(code="hue"))
    text = (
        "external_id,full_name,hired,left,number,unit,site,shift,manager,organization,born\n"
        "1,A,2020-01-01,2019-01-01,E1,plant,hue,,,,\n"
        "2,B,2020-01-01,,E2,moon,mars,dawn,nobody,,\n"
        "3,C,2020-01-01,,E3,theirs,hue,,3,,\n"
        f"4,D,2020-01-01,,E4,plant,hue,,,{outside.name},2030-01-01\n"
        "5,E,2020-01-01,,E5,plant,hue,,E9,,1890-01-01\n"
        "6,F,2020-01-01,,E5,plant,hue,,,,\n"
        "7,G,2020-01-01,,E7,,hue,,,,\n"
        "8,Good,2020-01-01,,E8,plant,hue,,E9,,\n"
        "9,Under a bad row,2020-01-01,,E10,plant,hue,,2,,\n"
    )
    report = load("people", tmp_path, text)
    assert [(r.line, r.field, r.value, r.reason) for r in report.rejects] == [
        (2, "left", "2019-01-01", "lies before the first day"),
        (3, "unit", "moon", "is no unit we know"),
        (3, "site", "mars", "is no site we know"),
        (3, "shift", "dawn", "is no shift we know"),
        (3, "manager", "nobody", "is nobody we know"),
        (4, "unit", "theirs", "belongs to another of our companies"),
        (4, "manager", "3", "cannot be the person themselves"),
        (5, "organization", "Outside Ltd", "is none of our companies"),
        (5, "born", "2030-01-01", "lies in the future"),
        (6, "born", "1890-01-01", "lies before the year 1900"),
        (7, "number", "E5", "is on line 6 already"),
        (8, "unit", "", "is missing"),
    ]
    assert counts(report) == (2, 0, 0, 7)
    assert Assignment.objects.get(tie__number="E8").manager == Person.objects.get(full_name="Old Hand")


def test_a_personnel_number_knows_a_person_again_and_a_stranger_cannot_take_it(
    company: Organization, tmp_path: Path
) -> None:
    hue, plant = Site.objects.get(code="hue"), Unit.objects.get(code="plant")
    old = make.employee("Nguyễn Đào", number="E1", unit=plant, site=hue)
    assert counts(
        load("people", tmp_path, "external_id,full_name,hired,number\n77,Nguyễn Thị Đào,2020-01-01,E1\n")
    ) == (0, 1, 0, 0)
    old.refresh_from_db()
    assert old.full_name == "Nguyễn Thị Đào"
    make.employee("Other", number="E2", unit=plant, site=hue)
    report = load("people", tmp_path, "external_id,full_name,hired,number\n77,Nguyễn Thị Đào,2020-01-01,E2\n")
    assert [(r.field, r.reason) for r in report.rejects] == [("number", "is the personnel number of someone else")]
    assert company.ties.count() == 2


@pytest.mark.usefixtures("company")
def test_what_a_person_chose_stays_and_a_new_mailbox_is_unproven(tmp_path: Path) -> None:
    head = "external_id,full_name,hired,mailbox,language,born\n"
    load("people", tmp_path, head + "1,Ann,2020-01-01,ann@example.org,en,1990-02-28\n")
    Person.objects.update(language="vi", birth_month=None, birth_day=None, mailbox_proven_at=make.AT)
    assert counts(load("people", tmp_path, head + "1,Ann,2020-01-01,ann@example.org,en,1990-02-28\n")) == (0, 0, 1, 0)
    ann = Person.objects.get()
    assert (ann.language, ann.birth_month, ann.mailbox_proven_at) == ("vi", None, make.AT)
    load("people", tmp_path, head + "1,Ann,2020-01-01,ann.lee@example.org,en,1990-02-28\n")
    ann.refresh_from_db()
    assert (ann.mailbox, ann.mailbox_proven_at) == ("ann.lee@example.org", None)


@pytest.mark.usefixtures("company")
def test_units_make_a_tree_in_any_order_and_no_circle(tmp_path: Path) -> None:
    report = load("units", tmp_path, "code,name.en,name.vi,parent\nc,Cell,Ô,b\nb,Band,Băng,a\na,Area,Vùng,plant\n")
    assert counts(report) == (3, 0, 0, 0)
    plant, a, b, c = (Unit.objects.get(code=code) for code in ("plant", "a", "b", "c"))
    assert c.path == f"/{plant.pk}/{a.pk}/{b.pk}/{c.pk}/"
    assert c.name.in_language("vi") == "Ô"
    circle = load("units", tmp_path, "code,name,parent\na,Area,c\nd,Den,e\ne,Eel,d\nf,Far,nowhere\n")
    assert [(r.line, r.reason) for r in circle.rejects] == [
        (2, "makes the unit stand below itself"), (3, "makes the unit stand below itself"),
        (4, "makes the unit stand below itself"), (5, "is no unit, neither here nor in the file"),
    ]  # fmt: skip
    moved = load("units", tmp_path, "code,name.en,name.vi,parent\nb,Band,Băng,sales\n")
    assert counts(moved) == (0, 1, 0, 0)
    c.refresh_from_db()
    assert c.path.startswith(Unit.objects.get(code="sales").path)
    assert moved.batch is not None
    undo(batch=moved.batch, at=make.AT, by_id=None)
    c.refresh_from_db()
    assert c.path == f"/{plant.pk}/{a.pk}/{b.pk}/{c.pk}/"


@pytest.mark.usefixtures("company")
def test_a_site_gets_the_standard_calendar_of_its_country(tmp_path: Path) -> None:
    head = "code,name,country,zone,latitude\n"
    assert counts(load("sites", tmp_path, head + "S1,Berlin,DE,Europe/Berlin,52.5\nS2,Bonn,DE,Europe/Berlin,\n")) == (
        2,
        0,
        0,
        0,
    )
    calendar = Calendar.objects.get(code="standard-de")
    assert calendar.intervals["4"] == [["08:00", "12:00"], ["13:00", "17:00"]]
    assert Site.objects.filter(calendar=calendar).count() == 2
    bad = load("sites", tmp_path, head + "S3,Bern,CH,Europe/Bern,91\n")
    assert [(r.field, r.reason) for r in bad.rejects] == [
        ("zone", "is not a time zone like Asia/Ho_Chi_Minh"), ("latitude", "must be 90 or less"),
    ]  # fmt: skip


@pytest.mark.usefixtures("company")
def test_customers_are_persons_firms_or_both_and_never_matched_by_address(tmp_path: Path) -> None:
    make.person("Someone Else", mailbox="binh@example.org")
    text = (
        "external_id,full_name,mailbox,number,since,firm,firm_name,country\n"
        "c1,Trần Bình,binh@example.org,N1,2026-11-20,f1,Lotus Ltd,VN\n"
        "f1,,,N2,,,Lotus Ltd,VN\n"
        "c2,Lan,,N3,2020-01-01,f2,,\n"
        "c3,Mai,,N1,,,,\n"
        "c4,,,,,,,\n"
        "c5,Hoa,,N5,2020-01-01,f1,,\n"
    )
    report = load("customers", tmp_path, text)
    assert [(r.line, r.field, r.reason) for r in report.rejects] == [
        (4, "firm", "is no firm we know; give its name too"),
        (5, "number", "is on line 2 already"),
        (6, "full_name", "is missing"),
    ]
    assert counts(report) == (3, 0, 0, 3)
    assert Person.objects.filter(mailbox="binh@example.org").count() == 2
    assert Organization.objects.get(name="Lotus Ltd").represented_by.count() == 2
    assert Fact.objects.filter(kind="people.CustomerJoined").count() == 1
    assert counts(load("customers", tmp_path, text)) == (0, 0, 3, 3)


@pytest.mark.parametrize("kind", ["sites", "shifts", "units", "people", "customers"])
def test_every_template_is_a_file_that_can_be_imported(kind: str, company: Organization, tmp_path: Path) -> None:
    for code in ("D-01", "D-07"):
        make.unit(organization=company, code=code)
    if kind == "people":
        make.site(organization=company, code="HUE-1")
        make.employee("Boss", number="1001", unit=Unit.objects.get(code="D-01"), site=Site.objects.get(code="HUE-1"))
    if kind == "units":
        Unit.objects.filter(code="D-07").delete()
    if kind == "shifts":
        make.Shift.objects.all().delete()
    report = load(kind, tmp_path, template_csv(KINDS.get(kind)))
    assert report.rejects == ()
    assert report.ignored == ()
    assert report.created == 1


@pytest.mark.usefixtures("company")
def test_the_number_of_queries_does_not_depend_on_the_number_of_people(tmp_path: Path) -> None:
    def queries(first: int, count: int) -> int:
        rows = "".join(f"{n},Person {n},2020-01-01,,E{n},plant,hue,,,,\n" for n in range(first, first + count))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load("people", tmp_path, HEADER + rows)
        return len(captured)

    assert queries(0, 1) == queries(1000, 300)
    assert ImportedRow.objects.filter(action="created").count() == 301 * 3
