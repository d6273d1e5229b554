"""Writes of quotas: the year's lot, given when it is first needed."""

from datetime import date, datetime
from decimal import Decimal

from kith.commerce.quotas.queries import has_lot, source_of
from kith.commerce.stores.models import Store
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots


def give_years_lot(*, store: Store, person_id: int, day: date, at: datetime) -> None:
    """Give a person the units of the year of `day` when they have no lot yet; they end with the year."""
    if store.quota_units == 0 or has_lot(store=store, person_id=person_id, day=day):
        return
    lots.grant(
        holder=Subject("person", person_id),
        kind=store.quota_kind,
        amount=Decimal(store.quota_units),
        valid_from=date(day.year, 1, 1),
        expires_on=date(day.year, 12, 31),
        source=source_of(store, day=day),
        at=at,
        once=True,
    )
