"""People by name, page by page: a page begins after where the last one ended, however many names are alike."""

from uuid import UUID

from django.db.models import Q, QuerySet

from kith.people.persons.models import Person

_KEY = 36
"""Characters of a public id in a cursor; the sort key follows."""


def cursor(person: Person) -> str:
    """Return where a page that ends with this person ended."""
    return f"{person.public_id}{person.sort_key}"


def is_cursor(text: str) -> bool:
    """Say whether a text is where a page ended."""
    return _start(text) is not None


def by_name(people: QuerySet[Person], *, after: str) -> QuerySet[Person]:
    """Return people by name after a cursor; any other text: from the first on."""
    if (start := _start(after)) is not None:
        public_id, key = start
        people = people.filter(Q(sort_key__gt=key) | Q(public_id__gt=public_id), sort_key__gte=key)
    return people.order_by("sort_key", "public_id")


def _start(after: str) -> tuple[UUID, str] | None:
    try:
        return UUID(after[:_KEY]), after[_KEY:]
    except ValueError:
        return None
