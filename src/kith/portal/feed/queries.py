"""Reads of the feed: facts after a position, and what they say with public keys instead of our own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kith.kernel.facts import FACTS
from kith.kernel.facts.models import Fact
from kith.kernel.subjects import Subject
from kith.portal.feed.keys import public_keys, subjects_in


def facts_after(*, position: int, kinds: Collection[str] = ()) -> QuerySet[Fact]:
    """Return the facts numbered after `position`, in their order; only of `kinds` where given.

    A fact gets its position seconds after its transaction ended, so that none is ever passed over.
    """
    found = Fact.objects.filter(position__gt=position).order_by("position")
    return found.filter(kind__in=kinds) if kinds else found


@dataclass(frozen=True)
class Outside:
    """A fact as it is told outside: `data` holds public keys where the fact holds ours, and no key of ours."""

    position: int
    kind: str
    at: datetime
    by: UUID | None
    about: list[tuple[str, UUID | None]]
    data: dict[str, Any]


def told_outside(facts: Sequence[Fact]) -> list[Outside]:
    """Return facts as they are told outside; one query for each kind of thing they name."""
    subjects = {subject for fact in facts for subject in subjects_in(fact.about)}
    persons = {Subject("person", fact.by_id) for fact in facts if fact.by_id is not None}
    keys = public_keys(subjects | persons)
    return [_outside(fact, keys) for fact in facts]


def _outside(fact: Fact, keys: dict[Subject, UUID]) -> Outside:
    return Outside(
        position=fact.position or 0,
        kind=fact.kind,
        at=fact.at,
        by=keys.get(Subject("person", fact.by_id)) if fact.by_id is not None else None,
        about=[(subject.kind, keys.get(subject)) for subject in subjects_in(fact.about)],
        data=_data(fact, keys),
    )


def _data(fact: Fact, keys: dict[Subject, UUID]) -> dict[str, Any]:
    about = FACTS.get(fact.kind).about if fact.kind in FACTS else {}
    said: dict[str, Any] = {}
    for name, value in fact.data.items():
        if name in about:
            key = keys.get(Subject(about[name], value)) if isinstance(value, int) else None
            said[name.removesuffix("_id")] = str(key) if key else None
        elif not name.endswith(("_id", "_ids")) and name not in {"after", "upto"}:
            said[name] = value
    return said
