"""Imports of any kind: good rows are taken, bad ones explained, twice is once, killed is nothing, undone is as before."""

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from kith.kernel.facts.models import Fact
from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.mapping import parse_mapping
from kith.kernel.imports.models import ExternalId, ImportBatch, ImportedRow
from kith.kernel.imports.rejects import rejects_csv
from kith.kernel.imports.templates import template_csv
from kith.kernel.imports.undoing import Undone, undo
from kith.kernel.refusals import BadInput, Refusal
from kith.people.organizations.models import Organization, OrganizationKind
from tests.kernel.imports.conftest import AT, Firms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firms")]


def file(tmp_path: Path, text: str | bytes, name: str = "firms.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def load(path: Path, **given: object) -> Report:
    return run_import(kind="firms", source=path, at=AT, **given)  # type: ignore[arg-type]


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.rejected)


def names() -> list[str]:
    return list(Organization.objects.order_by("name").values_list("name", flat=True))


def test_good_rows_are_taken_and_every_reason_of_a_bad_one_is_given(tmp_path: Path) -> None:
    path = file(
        tmp_path, "External id,Name,Country,Shoe size\nF1,Ann Ltd,VN,1\nF2,,Narnia,2\nF3,=1+1,US,3\nF1,Twin,VN,4\n"
    )
    report = load(path)
    assert counts(report) == (1, 0, 0, 3)
    assert report.ignored == ("Shoe size",)
    assert [(r.line, r.field, r.value, r.reason) for r in report.rejects] == [
        (3, "name", "", "is missing"),
        (3, "country", "Narnia", "is not a country code of two letters like VN"),
        (4, "name", "=1+1", "is a formula, not a value"),
        (5, "external_id", "F1", "is on line 2 already"),
    ]
    assert names() == ["Ann Ltd"]
    assert report.batch is not None
    assert list(Fact.objects.values_list("kind", "data__created")) == [("kernel.ImportCommitted", 1)]


def test_the_same_file_again_changes_nothing_and_a_changed_row_is_one_update(tmp_path: Path) -> None:
    path = file(tmp_path, "external_id,name,country,parent\nF1,One,VN,\nF2,Two,US,F1\nF3,Three,,F2\n")
    assert counts(load(path)) == (3, 0, 0, 0)
    assert counts(load(path)) == (0, 0, 3, 0)
    path.write_text("external_id,name,country,parent\nF1,One,VN,\nF2,Two,DE,F1\nF3,Three,,F2\n")
    report = load(path)
    assert counts(report) == (0, 1, 2, 0)
    assert report.batch is not None
    assert list(ImportedRow.objects.filter(batch=report.batch).values_list("action", "before", "after")) == [
        ("updated", {"name": "Two", "country": "US"}, {"name": "Two", "country": "DE"})
    ]
    child = Organization.objects.get(name="Three")
    assert child.parent is not None
    assert child.parent.name == "Two"


def test_what_the_file_does_not_give_stays(tmp_path: Path) -> None:
    load(file(tmp_path, "external_id,name,country\nF1,One,VN\n"))
    load(file(tmp_path, "external_id,name\nF1,Uno\n"))
    assert list(Organization.objects.values_list("name", "country")) == [("Uno", "VN")]


def test_a_dry_run_counts_and_leaves_nothing(tmp_path: Path) -> None:
    path = file(tmp_path, "external_id,name\nF1,One\nF2,\n")
    report = load(path, dry_run=True)
    assert counts(report) == (1, 0, 0, 1)
    assert report.batch is None
    for model in (Organization, ExternalId, ImportBatch, ImportedRow, Fact):
        assert model.objects.count() == 0  # type: ignore[attr-defined]


def test_every_format_gives_the_same(tmp_path: Path) -> None:
    load(file(tmp_path, "external_id,name,country\nF1,Đào,VN\n"))
    assert counts(load(file(tmp_path, '{"external_id":"F1","name":"Đào","country":"VN"}\n', "f.jsonl"))) == (0, 0, 1, 0)
    assert counts(load(file(tmp_path, "external_id;name;country\r\nF1;Đào;VN\r\n".encode("utf-16"), "f2.csv"))) == (
        0,
        0,
        1,
        0,
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "unicorns"}, "“unicorns” cannot be imported; what can: .*firms"),
        (
            {"mapping": parse_mapping(b'kind = "cats"\nfield.a = "b"\n[[source]]\nname = "x"', where="m")},
            "is for cats, not",
        ),
        ({"source": Path("/nowhere/at-all.csv")}, "There is no file “at-all.csv”"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_a_sentence(
    tmp_path: Path, given: dict[str, object], sentence: str
) -> None:
    path = file(tmp_path, "external_id,name\nF1,One\n")
    with pytest.raises(BadInput, match=sentence):
        run_import(**{"kind": "firms", "source": path, "at": AT, **given})  # type: ignore[arg-type]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="A column is missing: name"):
        load(file(tmp_path, "external_id,nom\nF1,One\n"))


def test_undo_deletes_what_was_made_and_restores_what_was_changed(tmp_path: Path) -> None:
    first = load(file(tmp_path, "external_id,name,country,parent\nF1,One,VN,\nF2,Two,US,F1\n"))
    second = load(file(tmp_path, "external_id,name,country,parent\nF1,Uno,VN,\nF2,Two,US,F1\nF3,Three,,F1\n"))
    assert second.batch is not None
    assert first.batch is not None
    assert undo(batch=second.batch, at=AT, by_id=None) == Undone(deleted=1, restored=1, kept=0)
    assert names() == ["One", "Two"]
    with pytest.raises(Refusal, match="not undone since"):
        undo(batch=second.batch, at=AT, by_id=None)
    assert undo(batch=first.batch, at=AT, by_id=None).deleted == 2
    assert (Organization.objects.count(), ExternalId.objects.count()) == (0, 0)


def test_undo_keeps_what_is_used_and_what_was_changed_since(tmp_path: Path) -> None:
    load(file(tmp_path, "external_id,name\nF0,Zero\n"))
    report = load(file(tmp_path, "external_id,name\nF0,Nil\nF1,One\nF2,Two\n"))
    Organization.objects.filter(name="Nil").update(name="Null")
    Organization.objects.create(
        kind=OrganizationKind.OUTSIDE, name="Child", parent=Organization.objects.get(name="One")
    )
    assert report.batch is not None
    assert undo(batch=report.batch, at=AT, by_id=None) == Undone(deleted=1, restored=0, kept=2)
    assert names() == ["Child", "Null", "One"]


def test_the_rejects_file_is_harmless_and_the_template_is_a_valid_file(tmp_path: Path, firms: Firms) -> None:
    report = load(file(tmp_path, 'external_id,name,country\nF1,"=HYPERLINK(""http://x"")",@x\n'))
    rows = list(csv.reader(io.StringIO(rejects_csv(report.rejects).decode("utf-8-sig"))))
    assert rows[0] == ["source", "line", "field", "value", "reason"]
    assert [row[3] for row in rows[1:]] == ['\'=HYPERLINK("http://x")', "'@x"]
    template = file(tmp_path, template_csv(firms), "template.csv")
    assert template.read_bytes().startswith(b"\xef\xbb\xbfexternal_id,name,country,parent,address,names.en,names.vi")
    assert counts(load(template)) == (1, 0, 0, 0)


BROKEN = [
    ",No id {n},VN", "B{n},,VN", "B{n},Name {n},Narnia", "B{n},=1+{n},VN", "B{n},-1+cmd|'/C calc'!A0,VN",
    "B{n},Name\x07{n},VN", "B{n},Name\0{n},VN", "B{n},short", "B{n},a,VN,surplus,more", 'B{n},"open quote {n},VN',
    'B{n},"x"y,VN', f"B{{n}},{'x' * 201},VN", "B{n},#REF!,VN", "B{n},Name {n},V", "B{n},Name {n},123",
    "G1,Twin of one {n},VN", "B-very-long-identifier-{n},Name,VN", "B{n},@SUM(A{n}),VN", "B{n},#N/A,VN",
    "B{n},Name\x1b[31m{n},VN", "B{n},　,VN", "B{n},Name,ZZ", "B{n},Name\ufffe,VN",
]  # fmt: skip


def test_ten_thousand_rows_half_of_them_broken_in_25_ways(tmp_path: Path) -> None:
    rows = [f"G{n},Công ty số {n} 公司,VN".encode() for n in range(1, 5001)]
    ways = [way.format(n=n).encode() for n in range(5000) if (way := [*BROKEN, "BYTES", "BIG"][n % 25])]
    for place, line in enumerate(ways):
        if line == b"BYTES":
            ways[place] = b"B%d,\xff\xfe broken,VN" % place
        elif line == b"BIG":
            ways[place] = b"B%d,%s,VN" % (place, b"x" * (1_000_000 if place == 24 else 3000))
    everything = rows[1:] + ways
    random.Random(7).shuffle(everything)
    path = file(tmp_path, b"\n".join([b"external_id,name,country", rows[0], *everything]) + b"\n")
    began = time.monotonic()
    report = load(path)
    assert time.monotonic() - began < 60
    assert counts(report) == (5000, 0, 0, 5000)
    assert len({reject.line for reject in report.rejects}) == 5000
    assert all(reject.reason and len(reject.value) <= 80 for reject in report.rejects)
    assert counts(load(path)) == (0, 0, 5000, 5000)


@pytest.mark.fault
def test_an_import_killed_in_the_middle_has_changed_nothing_and_ends_the_same_when_run_again(
    tmp_path: Path, database_url: str
) -> None:
    path = file(tmp_path, "external_id,name\n" + "".join(f"F{n},Firm {n}\n" for n in range(20_000)))
    script = Path(__file__).with_name("killed.py")
    environment = {**os.environ, "KITH_DATABASE_URL": database_url, "PYTHONPATH": os.pathsep.join(sys.path)}
    for moment in ("read", "load", "commit"):
        child = subprocess.Popen(
            [sys.executable, str(script), str(path), moment], env=environment, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"there"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert Organization.objects.count() == 0
        assert ExternalId.objects.count() == ImportBatch.objects.count() == 0
    assert counts(load(path)) == (20_000, 0, 0, 0)
    assert counts(load(path)) == (0, 0, 20_000, 0)
    assert connection.is_usable()
