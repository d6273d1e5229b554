"""Due work of the ledger: debts are settled, and what is left of a lot after its last day expires."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from kith.kernel.tasks import tick
from kith.ledger.lots import locks
from kith.ledger.lots.debts import DEBT, settle
from kith.ledger.lots.models import Entry, Lot
from kith.ledger.lots.queries import unused_by_lot
from kith.ledger.lots.steps import Step

BATCH = 1000
LAST_ZONE = timedelta(hours=12)
_ENDED_WITH_LEFT = """
    SELECT l.id FROM ledger_lot l JOIN ledger_entry e ON e.lot_id = l.id WHERE l.expires_on < %s
    GROUP BY l.id HAVING sum(CASE WHEN e.step IN ('grant', 'adjust', 'release', 'return') THEN e.amount
                                  WHEN e.step IN ('reserve', 'expire') THEN -e.amount ELSE 0 END) > 0
    ORDER BY l.id
"""


def over_everywhere(at: datetime) -> date:
    """Return the date in the last time zone of the world at `at`: what ended before it has ended everywhere."""
    return (at - LAST_ZONE).date()


def _expire_batch(ids: list[int], *, at: datetime) -> int:
    lots = list(Lot.objects.select_for_update().filter(pk__in=ids).order_by("id"))
    unused = unused_by_lot(lots)
    ended = [
        Entry(lot=lot, amount=unused[lot.pk], step=Step.EXPIRE, at=at, effective_on=lot.expires_on + timedelta(days=1))
        for lot in lots
        if lot.expires_on is not None and unused[lot.pk] > 0
    ]
    return len(Entry.objects.bulk_create(ended))


def expire(*, at: datetime) -> int:
    """Write an `expire` entry for what is left of every lot that has ended everywhere; return how many.

    Balances are the same before and after (`balances.balance_of` counts by the day): the entries are for readers.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ENDED_WITH_LEFT, [over_everywhere(at)])
        ids = [row[0] for row in cursor.fetchall()]
    written = 0
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            written += _expire_batch(ids[start : start + BATCH], at=at)
    return written


def settle_debts(*, at: datetime) -> int:
    """Settle every debt for which there is something by now; return how many holders it concerned."""
    indebted = Lot.objects.filter(source=DEBT).order_by("holder", "kind").values_list("holder", "kind")
    settled = 0
    for holder, kind in indebted.iterator():
        with transaction.atomic():
            settled += bool(settle(locks.hold(holder=holder, kind=kind), at=at, on=at.date()))
    return settled


@tick("ledger.end-lots", every=timedelta(hours=1))
def end_lots(at: datetime) -> None:
    """Settle debts, then let ended lots expire."""
    settle_debts(at=at)
    expire(at=at)
