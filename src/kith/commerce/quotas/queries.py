"""Reads of quotas."""

from datetime import date

from django.db.models import Q, QuerySet

from kith.commerce.stores.models import Store
from kith.kernel.statements import fetch_all
from kith.kernel.subjects import Subject
from kith.ledger.lots.balances import EFFECT
from kith.ledger.lots.models import Lot


def source_of(store: Store, *, day: date) -> str:
    """Return the source of a year's lot: who gives it, for which year."""
    return f"store:{store.code}:{day.year}"


def _valid(*, store: Store, person_id: int, day: date) -> QuerySet[Lot]:
    valid = Q(valid_from__lte=day) & (Q(expires_on__isnull=True) | Q(expires_on__gte=day))
    return Lot.objects.filter(valid, holder=str(Subject("person", person_id)), kind=store.quota_kind)


def has_lot(*, store: Store, person_id: int, day: date) -> bool:
    """Say whether the person has any lot of the store's quota that is valid on `day`, from whomever."""
    return _valid(store=store, person_id=person_id, day=day).exists()


_LEFT = """
    SELECT count(DISTINCT l.id), coalesce(sum(CASE WHEN e.step = ANY(%(gives)s) THEN e.amount
                                                   WHEN e.step = ANY(%(takes)s) THEN -e.amount ELSE 0 END), 0)
    FROM ledger_lot l LEFT JOIN ledger_entry e ON e.lot_id = l.id
    WHERE l.holder = %(holder)s AND l.kind = %(kind)s AND l.valid_from <= %(day)s
      AND (l.expires_on IS NULL OR l.expires_on >= %(day)s)
"""


def left(*, store: Store, person_id: int, day: date) -> int:
    """Return how many units a person may still buy on `day`; one query.

    Who was given nothing yet has the store's units of the year: they are given with the first purchase.
    """
    gives = [str(step) for step, effect in EFFECT.items() if effect.available > 0]
    takes = [str(step) for step, effect in EFFECT.items() if effect.available < 0]
    holder = str(Subject("person", person_id))
    asked = {"holder": holder, "kind": store.quota_kind, "day": day, "gives": gives, "takes": takes}
    lots, unused = fetch_all(_LEFT, asked)[0]
    return max(0, int(unused)) if lots else store.quota_units
