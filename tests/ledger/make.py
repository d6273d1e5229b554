"""Makers of the ledger: kinds to test with, lots and holders."""

from datetime import UTC, date, datetime
from decimal import Decimal

from kith.kernel.subjects import Subject
from kith.ledger.lots.actions import grant
from kith.ledger.lots.kinds import KINDS, Kind
from kith.ledger.lots.models import Lot

LEAVE, LOAN, MONEY = "test-leave", "test-loan", "test-money"
for made in (
    Kind(LEAVE, "Leave", "minutes"),
    Kind(LOAN, "Leave on loan", "minutes", negative_allowed=True),
    Kind(MONEY, "Allowance", "money", currency="EUR"),
):
    if made.code not in KINDS:
        KINDS.put(made.code, made)

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
ANN = Subject("person", 7)
ORDER = Subject("order", 1)


def d(amount: int | str) -> Decimal:
    return Decimal(amount)


def lot(
    amount: int, *, holder: Subject = ANN, kind: str = LEAVE, since: date = date(2027, 1, 1), until: date | None = None,
    source: str = "", at: datetime = AT, once: bool = False,
) -> Lot:  # fmt: skip
    return grant(
        holder=holder,
        kind=kind,
        amount=Decimal(amount),
        valid_from=since,
        expires_on=until,
        source=source,
        at=at,
        once=once,
    )
