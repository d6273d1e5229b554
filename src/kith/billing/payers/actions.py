"""Writes of payers."""

from django.db import transaction

from kith.billing.payers.models import Payer
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person


def payer_of(
    *, person: Person | None = None, organization: Organization | None = None, address: str = "", locked: bool = False
) -> Payer:
    """Return the payer row of one person or one organization, made at first; `address` replaces the one kept.

    `locked` takes the lock along (inside a transaction).
    """
    if (person is None) == (organization is None):
        message = "A payer is exactly one of person and organization."
        raise ValueError(message)
    known = Payer.objects.filter(person=person, organization=organization)
    if locked:
        known = known.select_for_update(no_key=True)
    payer = known.first()
    if payer is None:
        _make(person, organization, address)
        payer = known.get()
    if address and payer.address != address:
        payer.address = address
        payer.save(update_fields=["address"])
    return payer


def _make(person: Person | None, organization: Organization | None, address: str) -> None:
    """Make the row, unless somebody else just did."""
    Payer.objects.bulk_create([Payer(person=person, organization=organization, address=address)], ignore_conflicts=True)


def lock(*, payer_id: int) -> Payer:
    """Take the first lock of everything about money; only inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        message = "A payer is locked inside a transaction."
        raise RuntimeError(message)
    return Payer.objects.select_for_update(no_key=True).get(pk=payer_id)
