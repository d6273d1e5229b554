"""The catalogues of Adventure Works Cycles and of Northwind come in whole, twice the same, and back out again."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Sum

from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.models import Category, Product
from kith.commerce.stores.models import Store
from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.mapping import read_mapping
from kith.kernel.imports.undoing import undo
from kith.people.organizations.models import Organization
from kith.people.segments.models import Segment
from kith.people.ties.models import Tie
from kith.supply.items.models import Item
from kith.supply.suppliers.models import SuppliedItem, Supplier
from tests.commerce import make
from tests.people import make as people

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("KITH_TEST_DATA", ROOT.parent / "shared" / "data"))
MAPPINGS = ROOT / "src" / "kith" / "config" / "mappings"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.data,
    pytest.mark.skipif(not (DATA / "adventureworks").is_dir(), reason="KITH_TEST_DATA is not there"),
]


def load(name: str, *, folder: Path = DATA) -> Report:
    mapping = read_mapping(MAPPINGS / f"{name}.toml")
    return run_import(kind=mapping.kind, source=folder, mapping=mapping, at=make.AT)


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.rejects == ()
    return (report.created, report.updated, report.unchanged, report.rejected)


@pytest.fixture
def shop() -> Store:
    owner = people.organization(name="Adventure Works Cycles", country="US", currency="USD")
    return make.store(organization=owner, currency="USD", country="US")


def test_products_with_categories_and_descriptions_in_six_languages(shop: Store) -> None:
    catalogue = ["adventureworks-categories", "adventureworks-subcategories", "adventureworks-products"]
    first = [load(name) for name in catalogue]
    assert [counts(report) for report in first] == [(4, 0, 0, 0), (37, 0, 0, 0), (504, 0, 0, 0)]
    assert Category.objects.filter(parent=None).count() == 4
    bikes = Category.objects.get(slug="bikes")
    assert sorted(bikes.children.values_list("slug", flat=True)) == ["mountain-bikes", "road-bikes", "touring-bikes"]
    assert Category.objects.get(slug="road-bikes").path == f"/{bikes.pk}/{Category.objects.get(slug='road-bikes').pk}/"
    assert (Item.objects.count(), Product.objects.count()) == (504, 295)
    bike = Product.objects.get(item__sku="BK-R93R-62")
    assert bike.name.in_language("en") == "Road-150 Red, 62"
    assert sorted(bike.description) == ["ar", "en", "fr", "he", "th", "zh-Hant"]
    assert bike.description["fr"].startswith("Ce vélo est destiné aux champions cyclistes")
    assert (bike.slug, bike.category.slug) == ("road-150-red-62", "road-bikes")
    assert "champions" in bike.search_words.split()
    assert [counts(load(name)) for name in catalogue] == [(0, 0, 4, 0), (0, 0, 37, 0), (0, 0, 504, 0)]
    assert first[2].batch is not None
    assert undo(batch=first[2].batch, at=make.AT, by_id=None).deleted == 504 + 295
    assert (Item.objects.count(), Product.objects.count()) == (0, 0)
    assert shop.price_lists.count() == 1


def test_prices_in_force_and_their_history(shop: Store) -> None:
    for name in ("adventureworks-categories", "adventureworks-subcategories", "adventureworks-products"):
        load(name)
    assert counts(load("adventureworks-prices")) == (195, 0, 0, 0)
    public = PriceList.objects.get(store=shop, segment=None)
    assert (public.prices.count(), public.version) == (195, 2)
    assert public.prices.get(product__item__sku="HL-U509-R").amount == Decimal("34.99")
    history = load("adventureworks-price-history")
    assert counts(history) == (200, 0, 0, 0)
    lists = PriceList.objects.exclude(segment=None).order_by("code")
    assert [(row.code, row.valid_from, row.valid_until, row.prices.count()) for row in lists] == [
        ("aw-list-2022-05-30", date(2022, 5, 30), date(2023, 5, 29), 72),
        ("aw-list-2023-05-30", date(2023, 5, 30), date(2024, 5, 28), 128),
    ]
    assert Price.objects.count() == 395
    assert counts(load("adventureworks-prices")) == (0, 0, 195, 0)
    assert counts(load("adventureworks-price-history")) == (0, 0, 200, 0)
    public.refresh_from_db()
    assert public.version == 2
    assert history.batch is not None
    undo(batch=history.batch, at=make.AT, by_id=None)
    assert (Price.objects.count(), PriceList.objects.count(), Segment.objects.count()) == (195, 1, 0)


@pytest.mark.usefixtures("shop")
def test_vendors_and_what_they_offer() -> None:
    assert counts(load("adventureworks-suppliers")) == (104, 0, 0, 0)
    litware = Supplier.objects.get(number="LITWARE0001")
    assert (litware.organization.name, litware.organization.country, litware.currency) == ("Litware, Inc.", "US", "USD")
    assert litware.organization.address == "4405 Balboa Court , Santa Cruz, California 95062"
    assert Supplier.objects.filter(is_active=False).count() == 4
    for name in ("adventureworks-categories", "adventureworks-subcategories", "adventureworks-products"):
        load(name)
    assert counts(load("adventureworks-offers")) == (460, 0, 0, 0)
    assert SuppliedItem.objects.aggregate(total=Sum("amount"))["total"] == Decimal("15951.2100")
    assert [counts(load(f"adventureworks-{name}")) for name in ("suppliers", "offers")] == [
        (0, 0, 104, 0),
        (0, 0, 460, 0),
    ]


@pytest.mark.usefixtures("shop")
def test_northwind() -> None:
    folder = DATA / "northwind"
    for name, count in [("categories", 8), ("products", 77), ("suppliers", 29), ("customers", 91)]:
        assert counts(load(f"northwind-{name}", folder=folder)) == (count, 0, 0, 0)
        assert counts(load(f"northwind-{name}", folder=folder)) == (0, 0, count, 0)
    assert Product.objects.filter(is_active=False).count() == 10
    assert Tie.objects.get(number="ALFKI").person.full_name == "Maria Anders"
    assert Organization.objects.get(name="Alfreds Futterkiste").country == "DE"
