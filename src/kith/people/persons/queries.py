"""Reads of persons."""

from collections.abc import Collection

from kith.people.persons.models import Person


def by_ids(*, ids: Collection[int]) -> dict[int, Person]:
    """Return persons by id, whatever their state."""
    return Person.objects.in_bulk(list(ids))


def names(*, ids: Collection[int]) -> dict[int, str]:
    """Return the names persons want to be called by."""
    rows = Person.objects.filter(pk__in=ids).values_list("id", "preferred_name", "full_name")
    return {key: preferred or full for key, preferred, full in rows}


def by_mailbox(*, address: str) -> Person | None:
    """Return the active person whose mailbox this is, None where there is none or more than one."""
    found = list(Person.objects.filter(mailbox__iexact=address.strip(), deactivated_at=None, merged_into=None)[:2])
    return found[0] if len(found) == 1 else None
