"""Reads of baskets."""

import uuid
from collections.abc import Mapping

from django.db.models import Count

from kith.commerce.baskets.models import Basket
from kith.commerce.baskets.quotes import Quote, quote
from kith.commerce.prices.queries import Counter, prices
from kith.commerce.products.models import Product
from kith.commerce.products.queries import sold
from kith.commerce.quotas.queries import left


def of_person(*, store_id: int, person_id: int) -> Basket | None:
    """Return a person's basket in a store, if there is one."""
    return Basket.objects.filter(store_id=store_id, person_id=person_id).first()


def of_person_at(*, store: str, person_id: int) -> Basket | None:
    """Return a person's basket in the store with this code, if there is one."""
    return Basket.objects.filter(store__code=store, person_id=person_id).first()


def filled_of(*, person_id: int) -> list[tuple[str, int]]:
    """Return (store's code, number of lines) of a person's baskets that hold something, by code; one query."""
    counted = Basket.objects.filter(person_id=person_id).annotate(n=Count("lines")).filter(n__gt=0)
    return list(counted.order_by("store__code").values_list("store__code", "n"))


def of_visitor(*, store_id: int, key: str) -> Basket | None:
    """Return the visitor's basket that a session knows by `key`, if there is one."""
    try:
        public_id = uuid.UUID(key)
    except ValueError:
        return None
    return Basket.objects.filter(store_id=store_id, person=None, public_id=public_id).first()


def wanted_in(basket: Basket | None) -> dict[int, int]:
    """Return the quantities in a basket by product id."""
    return dict(basket.lines.values_list("product_id", "quantity")) if basket is not None else {}


def products_at(*, counter: Counter, product_ids: Mapping[int, int]) -> dict[int, Product]:
    """Return the products that the store sells, with stock, by id."""
    rows = sold(price_list_id=counter.public_id, warehouse_id=counter.store.warehouse_id)
    return {product.pk: product for product in rows.filter(pk__in=product_ids)}


def _on_sale(product_ids: Mapping[int, int]) -> dict[int, Product]:
    """Return active products with what an order keeps of them; whether a store sells them, its prices say."""
    rows = Product.objects.filter(pk__in=product_ids, is_active=True).select_related("item")
    kept = ("public_id", "slug", "name", "tax_code", "quota_units", "version", "item__sku", "item__is_stocked")
    return {product.pk: product for product in rows.only(*kept)}


def quoted(*, counter: Counter, wanted: Mapping[int, int], language: str, looking: bool = True) -> Quote:
    """Return what quantities (by product id) come to at a counter, with problems of stock and quota.

    `looking` false leaves both to the statements that take them (placing an order does).
    """
    products = products_at(counter=counter, product_ids=wanted) if looking else _on_sale(wanted)
    found = prices(counter=counter, quantities=wanted) if wanted else {}
    quota = None
    if looking and counter.person_id is not None and any(price.needs_quota for price in found.values()):
        quota = left(store=counter.store, person_id=counter.person_id, day=counter.day)
    return quote(
        wanted=wanted,
        products=products,
        prices=found,
        available={key: product.available for key, product in products.items()} if looking else None,  # type: ignore[attr-defined]
        quota_left=quota,
        currency=counter.store.currency,
        language=language,
    )
