"""What is imported is found, and what is undone is found no more."""

from pathlib import Path

import pytest

from kith.kernel.facts.telling import tell_all
from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.undoing import undo
from kith.people.persons.models import Person
from kith.portal.search.models import Document
from tests.commerce import make

pytestmark = pytest.mark.django_db


def load(kind: str, tmp_path: Path, text: str) -> Report:
    path = tmp_path / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    report = run_import(kind=kind, source=path, at=make.AT)
    tell_all(at=make.AT)
    return report


def public() -> int:
    return Document.objects.filter(kind="product", public=True).count()


def test_a_product_is_found_once_it_has_a_price_and_not_after_an_undo(tmp_path: Path) -> None:
    make.store(currency="VND")
    make.category("tea")
    load("products", tmp_path, "sku,name,category\nT1,Tea,tea\n")
    assert public() == 0
    priced = load("prices", tmp_path, "product,amount\nT1,100\n")
    assert public() == 1
    assert priced.batch is not None
    undo(batch=priced.batch, at=make.AT, by_id=None)
    tell_all(at=make.AT)
    assert public() == 0


def test_a_person_is_found_under_the_new_name(tmp_path: Path) -> None:
    make.people.organization()
    load("people", tmp_path, "external_id,full_name,hired\n1,Ann Lee,2020-01-01\n")
    person = Person.objects.get(full_name="Ann Lee")
    renamed = load("people", tmp_path, "external_id,full_name,hired\n1,Ann Trần,2020-01-01\n")
    document = Document.objects.get(kind="person", subject_id=person.pk)
    assert "'tran'" in str(document.vector)
    assert renamed.batch is not None
    undo(batch=renamed.batch, at=make.AT, by_id=None)
    tell_all(at=make.AT)
    document.refresh_from_db()
    assert "'lee'" in str(document.vector)
