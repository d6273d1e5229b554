"""Reads of prices: the lists open to a buyer, and the prices of many products at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kith.billing.processes.models import PaymentProcess
from kith.commerce.prices.definitions import Definitions, definitions
from kith.commerce.prices.models import Price, PriceList
from kith.commerce.prices.resolver import ListRules, Resolved, Tier, resolve
from kith.commerce.stores.models import Store
from kith.kernel.clock import local_date
from kith.kernel.refusals import NotFound
from kith.people.segments.queries import matching

_STORE_KEY = 0


@dataclass(frozen=True, slots=True)
class Counter:
    """A store as one buyer stands before it on a `day` of its zone: the lists that count, the public one among them.

    `why` are the segments' rules by list id, for the explanation on a product's page.
    """

    store: Store
    lists: tuple[ListRules, ...]
    why: Mapping[int, Any]
    person_id: int | None
    day: date
    definitions: Definitions

    @property
    def process(self) -> PaymentProcess | None:
        """The payment process in use, None where the store has none."""
        return self.definitions.process

    @property
    def public_id(self) -> int:
        """The id of the public list, 0 where the store has none."""
        return next((rules.id for rules in self.lists if rules.is_public), 0)

    @property
    def look(self) -> tuple[object, ...]:
        """What decides the prices that are shown: buyers of the same look see the same ones."""
        return (self.definitions.stamp, tuple(rules.id for rules in self.lists))

    @property
    def may_need_quota(self) -> bool:
        """Whether some price here takes from a quota."""
        return bool(self.store.quota_kind) and any(rules.needs_quota for rules in self.lists)

    def without_quota(self) -> "Counter":
        """Return the same counter with only the lists that need no quota."""
        kept = tuple(rules for rules in self.lists if not rules.needs_quota)
        return replace(self, lists=kept)


def rules_of(row: PriceList) -> ListRules:
    """Return what the resolver needs of a list."""
    return ListRules(
        id=row.pk,
        code=row.code,
        name=row.name,
        version=row.version,
        priority=row.priority,
        is_public=row.segment_id is None,
        percent_off=row.percent_off,
        needs_quota=row.needs_quota,
    )


def counter(*, store: str, person_id: int | None, at: datetime) -> Counter:
    """Return the open store with this code as the person (None: a visitor) finds it; at most two queries.

    A store that is closed, not open to the person or without a public list is `NotFound`.
    """
    found = definitions(code=store)
    if found is None:
        raise NotFound(_("There is no such store."))
    day = local_date(at, found.store.zone)
    lists = [
        row for row in found.lists if row.valid_from <= day and (row.valid_until is None or row.valid_until >= day)
    ]
    return _stand_before(found, lists, person_id=person_id, day=day)


def _stand_before(found: Definitions, rows: Sequence[PriceList], *, person_id: int | None, day: date) -> Counter:
    store = found.store
    rules = {row.pk: row.segment.rule for row in rows if row.segment is not None}
    asked = dict(rules)
    if not store.is_public and store.segment is not None:
        asked[_STORE_KEY] = store.segment.rule
    mine = matching(rules=asked, person_id=person_id, day=day) if asked and person_id is not None else set()
    if not store.is_public and _STORE_KEY not in mine:
        raise NotFound(_("There is no such store."))
    lists = tuple(rules_of(row) for row in rows if row.segment_id is None or row.pk in mine)
    if not any(each.is_public for each in lists):
        raise NotFound(_("There is no such store."))
    why = {key: rule for key, rule in rules.items() if key in mine}
    return Counter(store, lists, why, person_id, day, found)


def tiers_of(*, counter: Counter, product_ids: Collection[int]) -> dict[int, list[Tier]]:
    """Return the prices of products in the lists of a counter; one query."""
    rows = Price.objects.filter(price_list__in=[rules.id for rules in counter.lists], product__in=product_ids)
    found: dict[int, list[Tier]] = {product: [] for product in product_ids}
    for product, list_id, quantity, amount in rows.values_list("product_id", "price_list_id", "min_quantity", "amount"):
        found[product].append(Tier(list_id, quantity, amount))
    return found


def prices(*, counter: Counter, quantities: Mapping[int, int]) -> dict[int, Resolved]:
    """Return the price of each product for its quantity, by product id; what the store does not sell is missing."""
    tiers = tiers_of(counter=counter, product_ids=quantities.keys())
    return resolved(counter=counter, quantities=quantities, tiers=tiers)


def resolved(
    *, counter: Counter, quantities: Mapping[int, int], tiers: Mapping[int, Sequence[Tier]]
) -> dict[int, Resolved]:
    """Return the same from price rows at hand; no query."""
    found: dict[int, Resolved] = {}
    for product, quantity in quantities.items():
        price = resolve(lists=counter.lists, tiers=tiers[product], quantity=quantity, currency=counter.store.currency)
        if price is not None:
            found[product] = price
    return found
