"""The locks under which a holder's lots change: the account first, then its lots by id."""

from collections.abc import Iterable

from kith.ledger.lots.models import Account, Lot


def hold(*, holder: str, kind: str) -> list[Lot]:
    """Lock a holder's account of a kind until the transaction ends and return its lots, locked, by id."""
    account = Account.objects.select_for_update().filter(holder=holder, kind=kind)
    if not account.exists():
        Account.objects.bulk_create([Account(holder=holder, kind=kind)], ignore_conflicts=True)
    account.get()
    return list(Lot.objects.select_for_update().filter(holder=holder, kind=kind).order_by("id"))


def hold_all(accounts: Iterable[tuple[str, str]]) -> list[Lot]:
    """Lock several (holder, kind) in their order; whoever takes from several kinds at once keeps the same order."""
    return [lot for holder, kind in sorted(set(accounts)) for lot in hold(holder=holder, kind=kind)]
