"""Writes of home: a person moves, hides and brings back cards."""

from collections.abc import Sequence

from django.db import transaction

from kith.people.persons.models import Person
from kith.portal.home.merging import family, moved
from kith.portal.home.models import Arrangement

MOST = 200


def _kept(person: Person) -> Arrangement:
    Arrangement.objects.get_or_create(person=person)
    return Arrangement.objects.select_for_update().get(person=person)


def move(*, person: Person, key: str, present: Sequence[str], up: bool) -> None:
    """Move a card one place among those `present`; their order is kept from then on, and that of all others."""
    with transaction.atomic():
        kept = _kept(person)
        families = list(dict.fromkeys(family(each) for each in present))[:MOST]
        families.sort(key=lambda each: kept.order.index(each) if each in kept.order else len(kept.order))
        others = [each for each in kept.order if each not in families]
        kept.order = [*moved(families, key=family(key), up=up), *others][:MOST]
        kept.save(update_fields=["order"])


def hide(*, person: Person, key: str) -> None:
    """Hide a card."""
    with transaction.atomic():
        kept = _kept(person)
        wanted = family(key)[:100]
        kept.hidden = sorted({*kept.hidden, wanted})[:MOST]
        kept.shown = [each for each in kept.shown if each != wanted]
        kept.save(update_fields=["hidden", "shown"])


def show(*, person: Person, key: str) -> None:
    """Bring a hidden card back."""
    with transaction.atomic():
        kept = _kept(person)
        wanted = family(key)[:100]
        kept.shown = sorted({*kept.shown, wanted})[:MOST]
        kept.hidden = [each for each in kept.hidden if each != wanted]
        kept.save(update_fields=["hidden", "shown"])
