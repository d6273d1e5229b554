"""What must hold of the ledger at every moment, put on the kernel's shelf."""

from collections.abc import Callable, Sequence

from django.db import connection

from kith.kernel.invariants import INVARIANTS, Invariant
from kith.ledger.lots.debts import DEBT

SHOWN = 50

_OVERDRAWN = """
    SELECT 'Lot ' || l.id || ' of ' || l.holder || ' (' || l.kind || ') stands at ' || sum(CASE
               WHEN e.step IN ('grant', 'adjust', 'release', 'return') THEN e.amount
               WHEN e.step IN ('reserve', 'expire') THEN -e.amount ELSE 0 END)
    FROM ledger_lot l JOIN ledger_entry e ON e.lot_id = l.id WHERE l.source <> %(debt)s GROUP BY l.id
    HAVING sum(CASE WHEN e.step IN ('grant', 'adjust', 'release', 'return') THEN e.amount
                    WHEN e.step IN ('reserve', 'expire') THEN -e.amount ELSE 0 END) < 0
    ORDER BY l.id LIMIT %(shown)s
"""
_OVERUSED = """
    SELECT 'Lot ' || l.id || ' of ' || l.holder || ' (' || l.kind || ') was given less than is reserved and used'
    FROM ledger_lot l JOIN ledger_entry e ON e.lot_id = l.id WHERE l.source <> %(debt)s GROUP BY l.id
    HAVING sum(CASE e.step WHEN 'reserve' THEN e.amount WHEN 'release' THEN -e.amount
                           WHEN 'return' THEN -e.amount ELSE 0 END)
         > sum(CASE WHEN e.step IN ('grant', 'adjust') THEN e.amount ELSE 0 END)
    ORDER BY l.id LIMIT %(shown)s
"""
_OVERANSWERED = """
    SELECT 'Entry ' || e.id || ' (' || e.step || ') for ' || e.reference || ' was answered with ' || sum(a.amount)
           || ' of ' || e.amount
    FROM ledger_entry e JOIN ledger_entry a ON a.reverses_id = e.id GROUP BY e.id
    HAVING sum(a.amount) > e.amount
        OR bool_or(a.lot_id <> e.lot_id)
        OR bool_or((a.step = 'return') <> (e.step = 'consume'))
    ORDER BY e.id LIMIT %(shown)s
"""


def _breaches(sql: str) -> Callable[[], Sequence[str]]:
    def look() -> Sequence[str]:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"debt": DEBT, "shown": SHOWN})
            return [row[0] for row in cursor.fetchall()]

    return look


INVARIANTS.put("ledger.no-lot-below-zero", Invariant("No lot stands below zero.", _breaches(_OVERDRAWN)))
INVARIANTS.put(
    "ledger.used-at-most-given",
    Invariant("Of every lot at most what was given is reserved and used.", _breaches(_OVERUSED)),
)
INVARIANTS.put(
    "ledger.returned-at-most-used",
    Invariant("No more is used or released than was reserved, no more comes back than was used.",
              _breaches(_OVERANSWERED)),
)  # fmt: skip
