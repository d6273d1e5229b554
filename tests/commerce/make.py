"""Makers of commerce: each returns a real row with sensible defaults."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kith.billing.processes.models import PaymentProcess
from kith.billing.tax.models import TaxRate
from kith.commerce.orders.actions import CheckOut, Placed, place_order
from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.models import Category, Product
from kith.commerce.stores.models import Store
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments.actions import save_segment
from kith.people.segments.models import Segment
from kith.supply.stock.actions import receive
from tests.billing import make as billing
from tests.people import make as people
from tests.supply import make as supply

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def employees() -> Segment:
    known = Segment.objects.filter(code="employees").first()
    rule = {"attribute": "tie", "is": ["employee"]}
    return known or save_segment(name=Text(en="Employees"), rule=rule, at=AT, by_id=None, code="employees")


def category(slug: str = "", **given: Any) -> Category:
    n = next(_numbers)
    made = Category.objects.create(**{"slug": slug or f"category-{n}", "name": Text(en=f"Category {n}"), **given})
    made.path = f"{made.parent.path if made.parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def store(**given: Any) -> Store:
    """Return a public store in Vietnam with its public list, and what it needs to sell."""
    n = next(_numbers)
    owner = given.pop("organization", None) or people.organization()
    made = Store.objects.create(
        **{
            "code": f"store-{n}",
            "name": Text(en=f"Store {n}"),
            "organization": owner,
            "warehouse": supply.warehouse(organization=owner),
            "currency": "VND",
            "country": "VN",
            "zone": "Asia/Ho_Chi_Minh",
            "languages": ["en", "vi", "zh-Hans"],
            **given,
        }
    )
    price_list(made, f"public-{n}", segment=None)
    if not TaxRate.objects.filter(code="standard", country=made.country).exists():
        billing.rate(country=made.country)
    if not PaymentProcess.objects.filter(code="standard").exists():
        billing.process(currency=made.currency)
    return made


def price_list(store: Store, code: str = "", **given: Any) -> PriceList:
    n = next(_numbers)
    return PriceList.objects.create(
        **{
            "code": code or f"list-{n}",
            "store": store,
            "name": Text(en=f"List {n}"),
            "valid_from": date(2020, 1, 1),
            **given,
        }
    )


def public_list(store: Store) -> PriceList:
    return store.price_lists.get(segment=None)


def staff_list(store: Store, percent: str = "25", **given: Any) -> PriceList:
    return price_list(
        store,
        **{
            "segment": employees(),
            "percent_off": Decimal(percent),
            "needs_quota": bool(store.quota_kind),
            "name": Text(en="Staff price"),
            **given,
        },
    )


def product(store: Store, price: str = "100000", *, stock: int = 10, **given: Any) -> Product:
    """Return a product the store sells at a public price, with so many in stock."""
    n = next(_numbers)
    item = given.pop("item", None) or supply.item(name=Text(en=f"Product {n}"))
    made = Product.objects.create(
        **{
            "item": item,
            "slug": f"product-{n}",
            "name": Text(en=f"Product {n}", vi=f"Sản phẩm {n}"),
            "category": given.pop("category", None) or category(),
            "updated_at": AT,
            **given,
        }
    )
    Price.objects.create(price_list=public_list(store), product=made, amount=Decimal(price))
    if stock:
        receive(warehouse=store.warehouse, item=item, quantity=stock, at=AT)
    return made


@dataclass
class Shop:
    """A store with a staff list and a quota of five, one product, an employee who may pay from the salary."""

    store: Store
    product: Product
    employee: Person


def shop(price: str = "100000", *, stock: int = 10, quota: int = 5, limit: str = "1000000") -> Shop:
    made = store(quota_kind="staff-quota", quota_units=quota)
    staff_list(made)
    unit = people.unit(organization=made.organization)
    billing.plan(made.organization, limit=limit)
    return Shop(made, product(made, price, stock=stock), people.employee(unit=unit))


def order(
    shop: Store,
    lines: Mapping[Product, int],
    by: Person | None,
    *,
    method: str = "bill",
    key: str = "",
    at: datetime = AT,
    **given: Any,
) -> Placed:
    asked = CheckOut(
        **{
            "store": shop.code,
            "lines": {product.pk: quantity for product, quantity in lines.items()},
            "method": method,
            "ship_to": "18 Hàng Gai, Hà Nội",
            "language": "en",
            "details": {"consent": "yes"} if method == "payroll" else {},
            **given,
        }
    )
    caller = f"person:{by.pk}" if by else "session:test"
    return place_order(asked=asked, by=by, caller=caller, idempotency_key=key or f"key-{next(_numbers)}", at=at)
