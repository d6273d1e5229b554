"""Finding somebody at a desk of messaging: by name or mailbox."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from kith.kernel.folding import fold, query_tokens
from kith.kernel.refusals import NotFound
from kith.people.persons.models import Person

MOST = 20


def found_people(words: str) -> list[Person]:
    """Return up to 20 active persons with every word in their name, or with that mailbox; none for no words."""
    if not words:
        return []
    named = Q()
    for token in query_tokens(words) or [fold(words)]:
        named &= Q(sort_key__contains=token[:100])
    active = Person.objects.filter(named | Q(mailbox__iexact=words), deactivated_at=None, merged_into=None)
    return list(active.order_by("sort_key", "public_id")[:MOST])


def person_of(public_id: str) -> Person:
    """Return the person with a public id, deactivated or not; `NotFound` for anything else."""
    try:
        found = Person.objects.filter(public_id=UUID(public_id), erased_at=None).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(_("There is no such person."))
    return found
