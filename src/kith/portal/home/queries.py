"""Reads of home."""

from datetime import datetime

from kith.people.persons.models import Person
from kith.people.segments.queries import matching
from kith.portal.home.cards import CARDS, Card
from kith.portal.home.merging import Layer
from kith.portal.home.models import Arrangement, HomeDefault


def cards_of(*, person: Person, roles: frozenset[str], at: datetime) -> list[Card]:
    """Return every card that some capability has for a person."""
    return [card for source in CARDS for card in source.cards(person=person, roles=roles, at=at)]


def own_layer(*, person_id: int) -> Layer:
    """Return a person's own arrangement."""
    kept = Arrangement.objects.filter(person_id=person_id).first()
    return Layer(tuple(kept.order), tuple(kept.hidden), tuple(kept.shown)) if kept else Layer()


def default_layer(*, person_id: int, at: datetime) -> Layer:
    """Return the default of the first audience (by key) that the person is in."""
    defaults = list(HomeDefault.objects.select_related("segment").order_by("id"))
    if not defaults:
        return Layer()
    rules = {default.pk: default.segment.rule for default in defaults}
    inside = matching(rules=rules, person_id=person_id, day=at.date())
    return next((Layer(tuple(d.order), tuple(d.hidden)) for d in defaults if d.pk in inside), Layer())
