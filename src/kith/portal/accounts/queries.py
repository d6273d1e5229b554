"""Reads of what the ledger holds: whose accounts somebody may look into."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kith.kernel.subjects import Subject
from kith.ledger.lots.balances import Balance
from kith.ledger.lots.models import Entry, Lot
from kith.ledger.lots.queries import balance
from kith.people.persons.models import Person

KEEPERS = frozenset({"hr", "finance", "administrator"})


def holder_for(*, person: Person, roles: Collection[str], asked: UUID | None) -> Person | None:
    """Return whose accounts are looked into: one's own; those of somebody else only for whose work it is."""
    if asked is None or asked == person.public_id:
        return person
    if not KEEPERS & set(roles):
        return None
    return Person.objects.filter(public_id=asked).first()


def entries_of(*, person_id: int, kind: str = "") -> QuerySet[Entry]:
    """Return a person's entries with their lots, only of `kind` where given."""
    found = Entry.objects.filter(lot__holder=str(Subject("person", person_id))).select_related("lot")
    return found.filter(lot__kind=kind) if kind else found


def balances_of(*, person_id: int, as_of: date) -> dict[str, Balance]:
    """Return what a person has of each kind there is a lot of."""
    holder = Subject("person", person_id)
    kinds = sorted(set(Lot.objects.filter(holder=str(holder)).values_list("kind", flat=True)))
    return {kind: balance(holder=holder, kind=kind, as_of=as_of) for kind in kinds}
