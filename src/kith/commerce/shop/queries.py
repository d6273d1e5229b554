"""Reads for the shop's pages: a page of a store's list with the buyer's own prices, and one product."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kith.commerce.prices.queries import Counter, resolved, tiers_of
from kith.commerce.prices.resolver import Resolved, resolve, tier_table
from kith.commerce.products.models import Category, Product
from kith.commerce.products.queries import PAGE, Facet, Shelf, below, facets, searched, shelf, sold
from kith.commerce.quotas.queries import left
from kith.kernel.money import Money
from kith.kernel.refusals import NotFound
from kith.people.segments.queries import describe
from kith.portal.shell.shortly import shortly


@dataclass(frozen=True, slots=True)
class Offered:
    """A product of a list with its public price and the buyer's own."""

    product: Product
    public: Money
    own: Money
    available: int

    @property
    def is_lower(self) -> bool:
        """Whether the buyer pays less than everybody."""
        return self.own.amount < self.public.amount


@dataclass(frozen=True, slots=True)
class StoreList:
    """One page of a store's list."""

    offers: Sequence[Offered]
    shelf: Shelf
    facets: Sequence[Facet]
    category: Category | None


def sold_at(counter: Counter) -> QuerySet[Product]:
    """Return everything the store sells."""
    return sold(price_list_id=counter.public_id, warehouse_id=counter.store.warehouse_id)


def store_list(*, counter: Counter, words: str, category: str, sort: str, number: int) -> StoreList:
    """Return page `number` of what is sold, searched and in a category; two queries, for own prices one more."""
    here = (counter.public_id, counter.store.warehouse_id, words)
    counted = shortly(("facets", *here), lambda: facets(searched(sold_at(counter), words)))
    chosen = next((facet.category for facet in counted if facet.category.slug == category), None)

    def look() -> Shelf:
        found = searched(sold_at(counter), words)
        if category and chosen is None:
            found = found.none()
        return shelf(found.filter(below(chosen)) if chosen is not None else found, sort=sort, number=number)

    page = shortly(("shelf", *here, category, sort, number), look)
    return StoreList(_offers(counter, page.products), page, counted, chosen)


def _offers(counter: Counter, products: Sequence[Product]) -> list[Offered]:
    currency = counter.store.currency
    own: dict[int, Resolved] = {}
    if len(counter.lists) > 1 and products:
        ids = tuple(product.pk for product in products)
        lists = tuple(rules.id for rules in counter.lists)
        tiers = shortly(("tiers", lists, ids), lambda: tiers_of(counter=counter, product_ids=ids))
        own = resolved(counter=counter, quantities=dict.fromkeys(ids, 1), tiers=tiers)
    offers = []
    for product in products:
        public = Money(product.public_price, currency)  # type: ignore[attr-defined]
        price = own.get(product.pk)
        offers.append(Offered(product, public, price.unit if price else public, product.available))  # type: ignore[attr-defined]
    return offers


def quota_left(counter: Counter) -> int | None:
    """Return how many units the buyer may still buy at prices that need a quota, None where there is none."""
    if counter.person_id is None or not counter.may_need_quota:
        return None
    return left(store=counter.store, person_id=counter.person_id, day=counter.day)


@dataclass(frozen=True, slots=True)
class ProductPage:
    """One product as a buyer sees it: the price for one, from which quantity which price, and why."""

    product: Product
    price: Resolved
    table: Sequence[tuple[int, Resolved]]
    why: str
    available: int
    quota_left: int | None


def product_page(*, counter: Counter, slug: str) -> ProductPage:
    """Return a product of the store; `NotFound` when the store does not sell it."""
    lists = tuple(rules.id for rules in counter.lists)
    key = (counter.public_id, counter.store.warehouse_id, slug)
    product = shortly(("product", *key), lambda: sold_at(counter).filter(slug=slug).first())
    if product is None:
        raise NotFound(_("There is no such product here."))
    ids = (product.pk,)
    tiers = shortly(("tiers", lists, ids), lambda: tiers_of(counter=counter, product_ids=ids))[product.pk]
    currency = counter.store.currency
    price = resolve(lists=counter.lists, tiers=tiers, quantity=1, currency=currency)
    if price is None:
        raise NotFound(_("There is no such product here."))
    rule = counter.why.get(price.price_list.id)
    return ProductPage(
        product=product,
        price=price,
        table=tier_table(lists=counter.lists, tiers=tiers, currency=currency),
        why=describe(rule=rule) if rule is not None else "",
        available=product.available,  # type: ignore[attr-defined]
        quota_left=quota_left(counter) if price.needs_quota else None,
    )


__all__ = ["PAGE", "Offered", "ProductPage", "StoreList", "product_page", "quota_left", "store_list"]
