"""Commerce's imports: what is wrong is named, versions rise with changes only, templates are valid files."""

from decimal import Decimal
from pathlib import Path

import pytest

from kith.commerce.products.models import Category, Product
from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.kinds import KINDS
from kith.kernel.imports.templates import template_csv
from kith.kernel.imports.undoing import undo
from tests.commerce import make
from tests.supply import make as supply

pytestmark = pytest.mark.django_db


def load(kind: str, tmp_path: Path, text: str | bytes) -> Report:
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return run_import(kind=kind, source=path, at=make.AT)


def faults(report: Report) -> list[tuple[int, str, str]]:
    return [(reject.line, reject.field, reject.reason) for reject in report.rejects]


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.rejected)


def test_categories_make_a_tree_in_any_order_and_no_circle(tmp_path: Path) -> None:
    report = load("categories", tmp_path, "slug,name,parent\nblack,Black,tea\ntea,Tea,drinks\ndrinks,Drinks,\n")
    assert counts(report) == (3, 0, 0, 0)
    black = Category.objects.get(slug="black")
    assert black.parent is not None
    assert black.path == f"/{black.parent.parent_id}/{black.parent_id}/{black.pk}/"
    bad = load("categories", tmp_path, "slug,name,parent\ndrinks,Drinks,black\nBig Words,B,\nx,X,nowhere\n")
    assert faults(bad) == [
        (2, "parent", "makes the category stand below itself"),
        (3, "slug", "may have small letters, digits and dashes only"),
        (4, "parent", "is no category, neither here nor in the file"),
    ]


def test_products_are_versioned_by_change_and_found_by_their_words(tmp_path: Path) -> None:
    make.category("tea")
    head = "sku,name.en,name.vi,description.en,category\n"
    load("products", tmp_path, head + "T1,Green tea,Trà xanh,Loose leaves,tea\nT2,Green tea,,Bags,tea\nRAW,Leaves,,,\n")
    first, second = Product.objects.get(item__sku="T1"), Product.objects.get(item__sku="T2")
    assert (first.slug, second.slug) == ("green-tea", f"green-tea-{second.pk}")
    assert {"tra", "xanh", "loose", "t1"} <= set(first.search_words.split())
    assert not Product.objects.filter(item__sku="RAW").exists()
    changed = load("products", tmp_path, "sku,name.en,name.vi,category\nT1,Sencha,Trà xanh,tea\nT2,Green tea,,tea\n")
    assert counts(changed) == (0, 1, 1, 0)
    first.refresh_from_db()
    assert (first.version, first.description.in_language("en"), first.slug) == (2, "Loose leaves", "green-tea")
    assert {"sencha", "loose"} <= set(first.search_words.split())
    second.refresh_from_db()
    assert second.version == 1
    assert changed.batch is not None
    undo(batch=changed.batch, at=make.AT, by_id=None)
    first.refresh_from_db()
    assert first.name.in_language("en") == "Green tea"


def test_what_is_wrong_with_products(tmp_path: Path) -> None:
    make.category("tea")
    supply.item(sku="OLD", gtin="4006381333931")
    text = (
        "sku,name,category,gtin,tracking,slug\n"
        "A,A,moon,,,\nB,B,tea,4006381333932,,\nC,C,tea,4006381333931,,\nD,D,tea,,closely,\nE,E,tea,,,basket\n"
        "F,,tea,,,\nG,G,tea,8934563138165,,\nH,H,tea,8934563138165,,\n"
    )
    assert faults(load("products", tmp_path, text)) == [
        (2, "category", "is no category"),
        (3, "gtin", "is not a GTIN: its last digit does not fit the others"),
        (4, "gtin", "is the GTIN of another item"),
        (5, "tracking", "is not one of none, lot, serial"),
        (6, "slug", "is taken"),
        (7, "name", "is missing"),
        (9, "gtin", "is on line 8 already"),
    ]


def test_what_is_wrong_with_prices(tmp_path: Path) -> None:
    store = make.store(currency="VND")
    load("products", tmp_path, f"sku,name,category\nT1,Tea,{make.category('tea').slug}\n")
    text = (
        "product,amount,currency,min_quantity,list,valid_from,valid_until\n"
        "T1,45000,VND,,,,\nT1,44000,VND,10,,,\nT1,-1,VND,,,,\nT9,1,VND,,,,\nT1,1.50,VND,2,,,\nT1,1,USD,3,,,\n"
        "T1,1,VND,4,moon,,\nT1,1,VND,0,,,\nT1,45001,VND,1,,,\nT1,1,VND,1,old,2027-01-01,2027-02-01\n"
    )
    report = load("prices", tmp_path, text)
    assert faults(report) == [
        (4, "amount", "must be 0 or more"),
        (5, "product", "is no product"),
        (6, "amount", "is not a whole number of the currency's smallest unit"),
        (7, "currency", "is not the currency of the store"),
        (8, "list", "is no price list of the store"),
        (9, "min_quantity", "must be 1 or more"),
        (10, "product", "is on line 2 already"),
        (11, "list", "is no price list of the store"),
    ]
    assert counts(report) == (2, 0, 0, 8)
    amounts = list(store.price_lists.get().prices.order_by("min_quantity").values_list("min_quantity", "amount"))
    assert amounts == [(1, Decimal(45000)), (10, Decimal(44000))]
    make.store()
    assert faults(load("prices", tmp_path, "product,amount\nT1,1\n")) == [(2, "store", "is missing: say which store")]


@pytest.mark.parametrize("kind", ["categories", "products", "prices", "suppliers", "offers"])
def test_every_template_is_a_file_that_can_be_imported(kind: str, tmp_path: Path) -> None:
    make.store(currency="VND")
    if kind != "categories":
        make.category("green-tea")
    if kind in {"prices", "offers"}:
        load("products", tmp_path, template_csv(KINDS.get("products")))
    if kind == "offers":
        load("suppliers", tmp_path, template_csv(KINDS.get("suppliers")))
    report = load(kind, tmp_path, template_csv(KINDS.get(kind)))
    assert report.rejects == ()
    assert (report.created, report.ignored) == (1, ())
