"""Reads of segments: who is in, how many, why, and who is just outside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kith.people.persons.models import Person
from kith.people.segments import sentences
from kith.people.segments.attributes import EVERYONE_LABEL
from kith.people.segments.compiler import ALIVE, Compiled, compile_predicate
from kith.people.segments.models import Segment
from kith.people.segments.predicate import All, AnyOf, Condition, Everyone, Not, Predicate, parse


def audience_sql(*, rule: Any, day: date) -> Compiled:
    """Return the compiled query of a rule (JSON) on `day`."""
    return compile_predicate(parse(rule), day=day)


def count(*, rule: Any, day: date) -> int:
    """Return how many persons are in the segment."""
    compiled = audience_sql(rule=rule, day=day)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM people_person p WHERE {compiled.where}", compiled.params)  # noqa: S608
        return int(cursor.fetchone()[0])


def ids(*, rule: Any, day: date, limit: int | None = None) -> list[int]:
    """Return the ids of the persons in the segment in order of their keys, at most `limit`."""
    compiled = audience_sql(rule=rule, day=day)
    tail = " ORDER BY p.id" + (" LIMIT %(limit)s" if limit is not None else "")
    with connection.cursor() as cursor:
        cursor.execute(compiled.ids + tail, {**compiled.params, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def contains(*, rule: Any, person_id: int, day: date) -> bool:
    """Say whether one person is in the segment."""
    return person_id in _true_for(predicates={0: parse(rule)}, person_id=person_id, day=day).get(0, ())


def _true_for(*, predicates: dict[int, Predicate], person_id: int, day: date) -> dict[int, tuple[int, ...]]:
    """Return for each key of which predicates the person is in, `{key: (person_id,)}`; one query."""
    if not predicates:
        return {}
    columns: list[str] = []
    params: dict[str, Any] = {"day": day, "person": person_id}
    for key, predicate in predicates.items():
        compiled = compile_predicate(predicate, day=day, alive=False)
        where = compiled.where
        for name, value in compiled.params.items():
            if name != "day":
                where = where.replace(f"%({name})s", f"%(k{key}{name})s")
                params[f"k{key}{name}"] = value
        columns.append(f"({where})")
    sql = f"SELECT {', '.join(columns)} FROM people_person p WHERE p.id = %(person)s AND {ALIVE}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    return {key: (person_id,) for key, holds in zip(predicates, row or (), strict=False) if holds}


def matching(*, rules: dict[int, Any], person_id: int, day: date) -> set[int]:
    """Return the keys of those `rules` (JSON by key) the person is in; one query for all of them."""
    return set(_true_for(predicates={k: parse(r) for k, r in rules.items()}, person_id=person_id, day=day))


@dataclass(frozen=True)
class Reason:
    """One part of a rule in words, and whether it holds for the person asked about."""

    sentence: str
    holds: bool


def _parts(predicate: Predicate) -> tuple[Predicate, ...]:
    return predicate.parts if isinstance(predicate, All) else (predicate,)


def explain(*, rule: Any, person_id: int, day: date) -> list[Reason]:
    """Return each part of the rule in words with whether it holds; the person is in when all hold."""
    parts = _parts(parse(rule))
    true = _true_for(predicates=dict(enumerate(parts)), person_id=person_id, day=day)
    return [Reason(sentence(part), index in true) for index, part in enumerate(parts)]


def sentence(predicate: Predicate) -> str:
    """Return a predicate in the reader's words."""
    match predicate:
        case Everyone():
            return str(EVERYONE_LABEL)
        case Condition():
            return sentences.condition(predicate)
        case Not(part):
            return _("not: %s") % _within(part)
        case AnyOf(parts):
            return _(" or ").join(_within(part) for part in parts)
        case All(parts):
            return _(" and ").join(_within(part) for part in parts)


def _within(predicate: Predicate) -> str:
    """Return a part of a rule in words, in brackets where it has several parts itself: “a and (b or c)”."""
    has_parts = isinstance(predicate, All | AnyOf) and len(predicate.parts) > 1
    return f"({sentence(predicate)})" if has_parts else sentence(predicate)


def describe(*, rule: Any) -> str:
    """Return a rule (JSON) in the reader's words, one line."""
    return sentence(parse(rule))


@dataclass(frozen=True)
class NearMiss:
    """A person who fails exactly one part of the rule, and that part in words."""

    person: Person
    missing: str


def just_outside(*, rule: Any, day: date, limit: int = 10) -> list[NearMiss]:
    """Return some persons who would be in the segment but for a single part; one query a part."""
    parts = _parts(parse(rule))
    if len(parts) < 2:  # noqa: PLR2004  (with one part everybody else is just outside)
        return []
    found: list[NearMiss] = []
    for index, part in enumerate(parts):
        others = parts[:index] + parts[index + 1 :]
        compiled = compile_predicate(All((*others, Not(part))), day=day)
        query = f"{compiled.ids} ORDER BY p.sort_key, p.id LIMIT %(limit)s"
        rows = Person.objects.raw(query, {**compiled.params, "limit": max(1, limit // len(parts))})
        found.extend(NearMiss(person, sentence(part)) for person in rows)
    return found[:limit]


def preview(*, rule: Any, day: date, limit: int = 10) -> list[Person]:
    """Return the first persons of the segment by name."""
    compiled = audience_sql(rule=rule, day=day)
    query = f"{compiled.ids} ORDER BY p.sort_key, p.id LIMIT %(limit)s"
    return list(Person.objects.raw(query, {**compiled.params, "limit": limit}))


def by_id(*, segment_ids: Collection[int]) -> dict[int, Segment]:
    """Return saved segments by id."""
    return Segment.objects.in_bulk(list(segment_ids))
