"""A store with its price lists and payment process, kept in memory for as long as their rows are the same.

These change a few times a year and are needed on every page. One small query asks for the rows' `xmin` (the
transaction that wrote a row last): the same ones mean the same rows, so nothing stale is ever served. Rows that
the present transaction wrote itself are not kept: it may write them again.
"""

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from django.db import connection

from kith.billing.processes.models import PaymentProcess
from kith.commerce.prices.models import PriceList
from kith.commerce.stores.models import Store
from kith.kernel.statements import fetch_one

_STAMP = """
    SELECT array_agg(l.id || ' ' || l.xmin || ' ' || coalesce(h.xmin::text, '') || ' ' || s.id || ' ' || s.xmin || ' '
                     || o.xmin || ' ' || coalesce(g.xmin::text, '') || ' ' || coalesce(p.xmin::text, '') ORDER BY l.id),
           (pg_current_xact_id_if_assigned()::text::numeric %% 4294967296)::text
    FROM commerce_store s
    JOIN commerce_pricelist l ON l.store_id = s.id
    JOIN people_organization o ON o.id = s.organization_id
    LEFT JOIN people_segment g ON g.id = s.segment_id
    LEFT JOIN people_segment h ON h.id = l.segment_id
    LEFT JOIN billing_paymentprocess p ON p.code = s.process AND p.is_current
    WHERE s.code = %(code)s AND s.is_open
    GROUP BY s.id
"""
MOST = 200


@dataclass(frozen=True)
class Definitions:
    """An open store and its price lists by id, with their segments; `stamp` is another when any of them changed."""

    stamp: str
    store: Store
    lists: tuple[PriceList, ...]

    @cached_property
    def process(self) -> PaymentProcess | None:
        """The store's payment process in use, asked for when it is first needed."""
        return PaymentProcess.objects.filter(code=self.store.process, is_current=True).first()


_KEPT: dict[str, tuple[str, Definitions]] = {}
_LOCK = Lock()


def _stamp(code: str) -> tuple[str, bool] | None:
    """Return what wrote the rows, and whether that is over: not by the transaction we are in ourselves."""
    row = fetch_one(_STAMP, {"code": code})
    if row is None:
        return None
    stamp = " ".join(row[0])
    return stamp, row[1] not in stamp.split(" ")


def _load(code: str, stamp: str) -> Definitions | None:
    rows = tuple(
        PriceList.objects.filter(store__code=code, store__is_open=True)
        .select_related("store", "store__segment", "store__organization", "segment")
        .order_by("id")
    )
    if not rows:
        return None
    return Definitions(stamp, rows[0].store, rows)


def definitions(*, code: str) -> Definitions | None:
    """Return an open store's definitions, None when there is no such store or it has no list; one query as a rule.

    What is returned is shared between requests: nobody changes it.
    """
    found = _stamp(code)
    if found is None:
        return None
    stamp, is_over = found
    key = f"{connection.settings_dict['NAME']}/{code}"
    kept = _KEPT.get(key)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    loaded = _load(code, stamp)
    if loaded is not None and is_over:
        with _LOCK:
            if len(_KEPT) >= MOST:
                _KEPT.clear()
            _KEPT[key] = (stamp, loaded)
    return loaded
