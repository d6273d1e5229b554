"""Row 30 of the reliability table: 10,000 people, 5,000 of them broken in 25 ways."""

import random
import resource
import time
from pathlib import Path

import pytest

from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.rejects import rejects_csv
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie
from tests.people import make

pytestmark = [pytest.mark.django_db, pytest.mark.fault, pytest.mark.row(30)]
COLUMNS = "external_id,full_name,number,mailbox,born,hired,left,organization,unit,site,shift,manager"
WAYS: dict[str, str] = {
    "no key": ",Name {n},BE{n},,,2020-01-01,,,plant,hue,,",
    "no name": "B{n},,BE{n},,,2020-01-01,,,plant,hue,,",
    "no first day": "B{n},Name,BE{n},,,,,,plant,hue,,",
    "a date in words": "B{n},Name,BE{n},,,yesterday,,,plant,hue,,",
    "day before month": "B{n},Name,BE{n},,,31/12/2020,,,plant,hue,,",
    "29 February of a common year": "B{n},Name,BE{n},,2001-02-29,2020-01-01,,,plant,hue,,",
    "born tomorrow": "B{n},Name,BE{n},,2099-01-01,2020-01-01,,,plant,hue,,",
    "born long ago": "B{n},Name,BE{n},,1799-01-01,2020-01-01,,,plant,hue,,",
    "gone before they came": "B{n},Name,BE{n},,,2020-01-01,2019-01-01,,plant,hue,,",
    "no mail address": "B{n},Name,BE{n},nobody@,,2020-01-01,,,plant,hue,,",
    "two lines in an address": 'B{n},Name,BE{n},"a@b.co\nBcc: c@d.co",,2020-01-01,,,plant,hue,,',
    "a formula": 'B{n},"=HYPERLINK(""http://x"")",BE{n},,,2020-01-01,,,plant,hue,,',
    "a DDE call": "B{n},-2+cmd|'/C calc'!A0,BE{n},,,2020-01-01,,,plant,hue,,",
    "an error of a spreadsheet": "B{n},#REF!,BE{n},,,2020-01-01,,,plant,hue,,",
    "NUL": "B{n},Na\0me,BE{n},,,2020-01-01,,,plant,hue,,",
    "a control character": "B{n},Na\x1bme,BE{n},,,2020-01-01,,,plant,hue,,",
    "too few cells": "B{n},Name,BE{n}",
    "too many cells": "B{n},Name,BE{n},,,2020-01-01,,,plant,hue,,,surplus",
    "an open quote": 'B{n},"Name,BE{n},,,2020-01-01,,,plant,hue,,',
    "a key that was there": "G1,Name,BE{n},,,2020-01-01,,,plant,hue,,",
    "a number that was there": "B{n},Name,E1,,,2020-01-01,,,plant,hue,,",
    "another firm": "B{n},Name,BE{n},,,2020-01-01,,Outside Ltd,plant,hue,,",
    "another company's unit": "B{n},Name,BE{n},,,2020-01-01,,,theirs,hue,,",
    "a unit that is not there": "B{n},Name,BE{n},,,2020-01-01,,,moon,hue,,",
    "a manager nobody knows": "B{n},Name,BE{n},,,2020-01-01,,,plant,hue,,nobody",
}


def load(path: Path) -> Report:
    return run_import(kind="people", source=path, at=make.AT)


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.rejected)


def _most_memory() -> int:
    """Return the most memory this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_half_of_ten_thousand_people_are_broken_in_25_ways(tmp_path: Path) -> None:
    company = make.organization(name="Sao Mai")
    make.unit(organization=company, code="plant")
    make.site(organization=company, code="hue")
    make.unit(organization=make.organization(name="Other", parent=company), code="theirs")
    make.organization(name="Outside Ltd", kind="outside")
    assert len(WAYS) == 25
    lines = [f"G{n},Nguyễn Thị Đào {n},E{n},g{n}@example.org,1990-02-28,2020-01-01,,,plant,hue,,{n % 97 or ''}".encode()
             for n in range(2, 5001)]  # fmt: skip
    lines = [line.rsplit(b",", 1)[0] + b",G1" for line in lines]
    ways = list(WAYS.values())
    lines += [ways[n % 25].replace("{n}", str(n)).encode() for n in range(4998)]
    lines += [
        b"B1000001,Name \xff\xfe,,,,2020-01-01,,,plant,hue,,",
        b"B1000002," + b"x" * 1_000_000 + b",,,,2020-01-01,,,plant,hue,,",
    ]
    random.Random(30).shuffle(lines)
    first = "G1,Trần Bình,E1,g1@example.org,1984-02-29,2010-01-01,,,plant,hue,,".encode()
    path = tmp_path / "people.csv"
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join([COLUMNS.encode(), first, *lines]) + b"\n")
    before, began = _most_memory(), time.monotonic()
    report = load(path)
    assert time.monotonic() - began < 60
    assert _most_memory() < max(before + 32 * 2**20, 300 * 2**20)
    assert (report.created, report.updated, report.unchanged) == (5000, 0, 0)
    assert (Person.objects.count(), Tie.objects.count(), Assignment.objects.count()) == (5000, 5000, 5000)
    assert report.rejected == 5000
    assert len({reject.line for reject in report.rejects}) == 5000
    assert all(reject.reason for reject in report.rejects)
    assert len(rejects_csv(report.rejects).splitlines()) == len(report.rejects) + 1
    again = load(path)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 5000)
    assert again.rejected == report.rejected
