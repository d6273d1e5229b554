"""Reads of home."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from kith.kernel.statements import fetch_all
from kith.people.persons.models import Person
from kith.people.segments.queries import matching
from kith.portal.home.cards import CARDS, STAMPS, Card, stamp_of
from kith.portal.home.merging import Layer
from kith.portal.home.models import Arrangement, HomeDefault

_OWN, _DEFAULTS = "portal.arrangement", "portal.defaults"
_LAYERS = {
    _OWN: stamp_of("SELECT a.id, a.xmin::text AS mark FROM portal_arrangement a WHERE a.person_id = %(person)s"),
    _DEFAULTS: stamp_of(
        "SELECT d.id, d.xmin || ' ' || coalesce(g.xmin::text, '') AS mark FROM portal_homedefault d "
        "LEFT JOIN people_segment g ON g.id = d.segment_id"
    ),
}
Stamps = Mapping[str, str | None]


def stamps_of(*, person_id: int, at: datetime) -> Stamps:
    """Return by source what its cards for a person hang on, None where it has none; one query for all of them."""
    asked = {**_LAYERS, **dict(STAMPS.items())}
    found = fetch_all(f"SELECT {', '.join(asked.values())}", {"person": person_id, "at": at})[0]
    return dict(zip(asked, found, strict=True))


def cards_of(*, person: Person, roles: frozenset[str], at: datetime, stamps: Stamps) -> list[Card]:
    """Return every card that some capability has for a person; sources that surely have none are not asked."""
    asked = [source for name, source in CARDS.items() if name not in stamps or stamps[name] is not None]
    return [card for source in asked for card in source.cards(person=person, roles=roles, at=at)]


def own_layer(*, person_id: int, stamps: Stamps) -> Layer:
    """Return a person's own arrangement."""
    if stamps[_OWN] is None:
        return Layer()
    kept = Arrangement.objects.filter(person_id=person_id).first()
    return Layer(tuple(kept.order), tuple(kept.hidden), tuple(kept.shown)) if kept else Layer()


def default_layer(*, person_id: int, at: datetime, stamps: Stamps) -> Layer:
    """Return the default of the first audience (by key) that the person is in, else the organization's own."""
    if stamps[_DEFAULTS] is None:
        return Layer()
    defaults = list(HomeDefault.objects.select_related("segment").order_by("id"))
    found = default_among(defaults, person_id=person_id, at=at)
    return Layer(tuple(found.order), tuple(found.hidden), pinned=tuple(found.pinned)) if found else Layer()


def default_among(defaults: Sequence[HomeDefault], *, person_id: int, at: datetime) -> HomeDefault | None:
    """Return which of `defaults` counts for a person, None for none of them."""
    rules = {default.pk: default.segment.rule for default in defaults if default.segment is not None}
    inside = matching(rules=rules, person_id=person_id, day=at.date()) if rules else set()
    for_all = next((default for default in defaults if default.segment is None), None)
    return next((default for default in defaults if default.pk in inside), for_all)
