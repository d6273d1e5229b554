"""Reads of the audit: facts and looks in one stream, the latest first, a page at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from kith.access.looks.models import Look, What
from kith.kernel.facts.declared import FACTS
from kith.kernel.facts.models import Fact
from kith.kernel.subjects import Described, Subject, describe
from kith.people.persons.queries import names

PAGE = 50
LOOK = "look:"
_CURSOR = re.compile(r"^f(\d{1,18})l(\d{1,18})$")
_BEYOND = 2**62


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty parts do not narrow. `kind` is a fact's name, or `look:` and what was looked at."""

    person_id: int | None = None
    actor_id: int | None = None
    kind: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Event:
    """One thing that was done or seen. `about` are stored subjects; nothing of what was written is in it."""

    source: str
    id: int
    kind: str
    at: datetime
    by_id: int | None
    about: tuple[Subject, ...]


@dataclass(frozen=True)
class Trail:
    """One page of the audit, with the names and links its events need, and where the next page begins ("": nowhere)."""

    events: Sequence[Event]
    names: dict[int, str]
    links: dict[Subject, Described]
    after: str


def kinds() -> list[str]:
    """Return every kind an event may have: looks first, then facts by name."""
    return [*(f"{LOOK}{what.value}" for what in What), *FACTS.names()]


def _facts(asked: Asked) -> "QuerySet[Fact]":
    found = Fact.objects.order_by("-id")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.person_id is not None:
        found = found.filter(about__contains=[f"person:{asked.person_id}"])
    return found


def _looks(asked: Asked) -> "QuerySet[Look]":
    found = Look.objects.order_by("-id")
    if asked.kind:
        found = found.filter(what=asked.kind.removeprefix(LOOK))
    if asked.person_id is not None:
        found = found.filter(person_id=asked.person_id)
    return found


def _start(cursor: str) -> tuple[int, int]:
    matched = _CURSOR.match(cursor)
    return (int(matched[1]), int(matched[2])) if matched else (_BEYOND, _BEYOND)


def _narrowed(rows: "QuerySet[Fact] | QuerySet[Look]", asked: Asked, before: int) -> "list[Fact | Look]":
    found = rows.filter(pk__lt=before)
    if asked.actor_id is not None:
        found = found.filter(by_id=asked.actor_id)
    if asked.day is not None:
        begins = datetime.combine(asked.day, time(), tzinfo=UTC)
        found = found.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    return list(found[: PAGE + 1])


def _event(row: "Fact | Look") -> Event:
    if isinstance(row, Look):
        return Event("l", row.pk, f"{LOOK}{row.what}", row.at, row.by_id, (Subject("person", row.person_id),))
    return Event("f", row.pk, row.kind, row.at, row.by_id, tuple(Subject.parse(stored) for stored in row.about))


def _merged(one: "list[Fact | Look]", other: "list[Fact | Look]") -> list[Event]:
    """Merge two streams by time, each in its own order, so that a cursor into each goes on where this page ends."""
    events: list[Event] = []
    one, other = one[::-1], other[::-1]
    while (one or other) and len(events) <= PAGE:
        source = one if not other or (one and one[-1].at >= other[-1].at) else other
        events.append(_event(source.pop()))
    return events


def trail(*, asked: Asked, cursor: str, reader_id: int) -> Trail:
    """Return a page of what was done and seen; four queries and one for each kind of subject on the page."""
    before_fact, before_look = _start(cursor)
    wants_looks = not asked.kind or asked.kind.startswith(LOOK)
    wants_facts = not asked.kind or not asked.kind.startswith(LOOK)
    events = _merged(
        _narrowed(_facts(asked), asked, before_fact) if wants_facts else [],
        _narrowed(_looks(asked), asked, before_look) if wants_looks else [],
    )
    shown, more = events[:PAGE], len(events) > PAGE
    last_fact = min((event.id for event in shown if event.source == "f"), default=before_fact)
    last_look = min((event.id for event in shown if event.source == "l"), default=before_look)
    subjects = {subject for event in shown for subject in event.about}
    people = {subject.id for subject in subjects if subject.kind == "person"}
    actors = {event.by_id for event in shown if event.by_id is not None}
    return Trail(
        shown,
        names(ids=people | actors),
        describe(subjects=[subject for subject in subjects if subject.kind != "person"], person_id=reader_id),
        f"f{last_fact}l{last_look}" if more else "",
    )
