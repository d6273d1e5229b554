"""Imports on screen: upload, map, preview, commit, undo, by those whose role it is; nobody else sees them."""

import csv
import io
import re
import uuid
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kith.kernel import clock
from kith.kernel.imports.models import BatchState, ImportBatch
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person
from kith.portal.imports import actions, background, files
from tests.access import make as access
from tests.people import make

pytestmark = pytest.mark.django_db
GOOD = "Kenn-Nr;Name;Eintritt;Schuhe\n1;Nguyễn Đào;2020-01-01;38\n2;;2020-01-01;39\n3;=1+1;gestern;40\n"
CHOSEN = {"column-external_id": "Kenn-Nr", "column-full_name": "Name", "column-hired": "Eintritt"}


@pytest.fixture
def company() -> Organization:
    return make.organization(name="Sao Mai")


@pytest.fixture
def hr(company: Organization) -> Client:
    return access.client(make.employee("Hà", unit=make.unit(organization=company)), "hr")


def send(browser: Client, content: str | bytes, *, kind: str = "people", name: str = "staff.csv") -> ImportBatch:
    raw = content.encode() if isinstance(content, str) else content
    answer = browser.post("/admin/imports/upload/", {"kind": kind, "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    found = re.fullmatch(r"/admin/imports/([0-9a-f-]{36})/", answer["Location"])
    assert found is not None
    return ImportBatch.objects.get(public_id=found[1])


def address(batch: ImportBatch, step: str = "") -> str:
    return f"/admin/imports/{batch.public_id}/{step}"


def text(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def stored() -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / "imports").glob("*"))


def test_a_file_is_uploaded_mapped_previewed_committed_and_undone(hr: Client) -> None:
    before = Person.objects.count()
    batch = send(hr, GOOD)
    page = text(hr, address(batch))
    assert "Kenn-Nr (1)" in page
    assert "Take over the good rows" not in page
    assert hr.post(address(batch, "preview/"), CHOSEN).status_code == 303
    page = text(hr, address(batch))
    assert "Take over the good rows" in page
    assert "is not a date like 2026-02-28" in page
    assert Person.objects.count() == before
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.rejected) == (BatchState.UPLOADED, 1, 2)
    rejects = hr.get(address(batch, "rejects.csv"))
    rows = list(csv.reader(io.StringIO(rejects.content.decode("utf-8-sig"))))
    assert [(row[1], row[2], row[3]) for row in rows[1:]] == [
        ("3", "full_name", ""), ("4", "full_name", "'=1+1"), ("4", "hired", "gestern"),
    ]  # fmt: skip
    assert rejects["Content-Disposition"] == 'attachment; filename="rejects.csv"'
    assert hr.post(address(batch, "commit/")).status_code == 303
    assert Person.objects.filter(full_name="Nguyễn Đào").count() == 1
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED
    assert [path.suffix for path in stored()] == [".rejects"]
    assert "Undo this import" in text(hr, address(batch))
    assert hr.post(address(batch, "undo/")).status_code == 303
    assert Person.objects.count() == before
    assert hr.post(address(batch, "undo/")).status_code == 409
    assert "Undone" in text(hr, "/admin/imports/")


def test_a_second_commit_is_refused_and_changes_nothing(hr: Client) -> None:
    batch = send(hr, GOOD)
    assert hr.post(address(batch, "commit/")).status_code == 409
    hr.post(address(batch, "preview/"), CHOSEN)
    assert [hr.post(address(batch, "commit/")).status_code for _ in range(2)] == [303, 409]
    assert Person.objects.filter(full_name="Nguyễn Đào").count() == 1
    assert hr.post(address(batch, "discard/")).status_code == 409


def test_a_column_that_is_needed_or_not_there_is_named_and_the_choice_kept(hr: Client) -> None:
    batch = send(hr, GOOD)
    answer = hr.post(address(batch, "preview/"), {**CHOSEN, "column-hired": "", "column-phone": "Telefon"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the column of this field: it is needed." in page
    assert "The file has no such column." in page
    assert re.search(r'<option value="Kenn-Nr"\s+selected', page)


def test_a_workbook_is_mapped_by_its_names(hr: Client) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["External ID", "Full name", "Hired"])
    sheet.append([7, "Trần Bình", "2021-01-01"])
    raw = io.BytesIO()
    book.save(raw)
    batch = send(hr, raw.getvalue(), name="staff.xlsx")
    chosen = {"column-external_id": "External ID", "column-full_name": "Full name", "column-hired": "Hired"}
    assert re.search(r'<option value="Full name"\s+selected', text(hr, address(batch)))
    hr.post(address(batch, "preview/"), chosen)
    hr.post(address(batch, "commit/"))
    assert Person.objects.filter(full_name="Trần Bình").exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "old XLS workbook"),
        ("book.xlsx", b"PK\x03\x04" + b"x" * 100, "not a workbook"),
        ("twice.csv", b"a,a\n1,2\n", "Two columns are called"),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_kept(hr: Client, name: str, content: bytes, sentence: str) -> None:
    answer = hr.post("/admin/imports/upload/", {"kind": "people", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert stored() == []
    assert ImportBatch.objects.count() == 0


def test_a_hostile_file_name_is_only_a_word(hr: Client) -> None:
    batch = send(hr, GOOD, name="<script>alert(1)</script>.csv")
    assert "<script>alert(1)" not in text(hr, address(batch))
    assert len(stored()) == 1
    assert re.fullmatch(r"[0-9a-f]{32}\.csv", stored()[0].name)


def test_a_discarded_file_is_gone(hr: Client) -> None:
    batch = send(hr, GOOD)
    assert hr.post(address(batch, "discard/")).status_code == 303
    assert stored() == []
    assert hr.get(address(batch)).status_code == 404


def test_only_those_whose_role_it_is_see_a_kind(hr: Client, company: Organization) -> None:
    batch = send(hr, GOOD)
    shop = access.client(make.person("Lan"), "shop")
    plain = access.client(make.person("Mai"))
    importer = access.client(make.person("Bo"), "importer")
    assert importer.get(address(batch)).status_code == 200
    missing = shop.get(f"/admin/imports/{uuid.uuid4()}/")
    for step in ("", "rejects.csv"):
        assert shop.get(address(batch, step)).status_code == 404
        assert plain.get(address(batch, step)).status_code == 403
    for step in ("preview/", "commit/", "undo/", "discard/"):
        assert shop.post(address(batch, step)).status_code == 404
        assert plain.post(address(batch, step)).status_code == 403
    assert missing.status_code == 404
    assert batch.file_name not in text(shop, "/admin/imports/")
    assert Client().get("/admin/imports/").status_code == 302
    assert shop.get("/admin/imports/templates/people.csv").status_code == 404
    assert shop.get("/admin/imports/templates/unicorns.csv").status_code == 404
    refused = shop.post("/admin/imports/upload/", {"kind": "people", "file": SimpleUploadedFile("x.csv", b"a\n1\n")})
    assert refused.status_code == 422
    assert ImportBatch.objects.count() == 1
    assert company.name == "Sao Mai"


def test_the_template_of_a_kind(hr: Client) -> None:
    answer = hr.get("/admin/imports/templates/people.csv")
    assert answer.content.startswith(b"\xef\xbb\xbfexternal_id,full_name,preferred_name,number")
    assert answer["Content-Disposition"] == 'attachment; filename="people.csv"'


def test_a_large_file_waits_for_the_background(hr: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 10)
    batch = send(hr, GOOD)
    hr.post(address(batch, "preview/"), CHOSEN)
    assert "Under way" in text(hr, address(batch))
    assert hr.post(address(batch, "preview/"), CHOSEN).status_code == 409
    background.preview_import.run(batch_id=batch.pk)
    hr.post(address(batch, "commit/"))
    for _again in range(2):
        background.commit_import.run(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.created) == (BatchState.COMMITTED, 1)
    assert Person.objects.filter(full_name="Nguyễn Đào").count() == 1


def test_old_files_are_swept_out(hr: Client) -> None:
    send(hr, GOOD)
    assert files.sweep(at=clock.now()) == 0
    assert files.sweep(at=clock.now() + files.KEPT + timedelta(days=1)) == 1
    assert stored() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_for_any_number(
    hr: Client, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        ImportBatch.objects.create(kind="people", file_name=f"f{number}.csv", at=make.AT, by_id=make.person().pk)
    hr.get("/admin/imports/")
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert hr.get("/admin/imports/").status_code == 200
