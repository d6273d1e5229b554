"""Searching: candidates by their words, best first, and of those only what the person may see.

Where the best candidates are mostly not for the person's eyes, more of every kind are looked at, so that what is
hidden does not push out what is not: at most `DEEPEST` of a kind.
"""

from dataclasses import dataclass
from itertools import islice

from django.db import connection

from kith.kernel.folding import query_tokens
from kith.kernel.subjects import Described, Subject, describe
from kith.portal.search.sources import SOURCES

CANDIDATES = 200
DEEPEST = 2000
MOST_WORDS = 12
_SEARCH = """
    SELECT kind, subject_id, public, ts_rank(vector, q) AS rank
    FROM portal_document, to_tsquery('simple', %(query)s) AS q WHERE vector @@ q
    ORDER BY rank DESC, kind, subject_id LIMIT %(limit)s
"""
_DEEPER = """
    SELECT kind, subject_id, public, rank FROM (
        SELECT *, row_number() OVER (PARTITION BY kind ORDER BY rank DESC, subject_id) AS place FROM (
            SELECT kind, subject_id, public, ts_rank(vector, q) AS rank
            FROM portal_document, to_tsquery('simple', %(query)s) AS q WHERE vector @@ q
        ) AS found
    ) AS placed WHERE place <= %(limit)s ORDER BY rank DESC, kind, subject_id
"""
Candidate = tuple[str, int, bool, float]
"""Kind, id, whether everybody may see it, rank."""


def tsquery(words: str) -> str:
    """Return the tsquery of what somebody typed: every word, the last one as a beginning; "" for nothing.

    A single Chinese character stands for itself. Tokens are letters, digits and underscores only.
    """
    asked = query_tokens(words)[:MOST_WORDS]
    quoted = [f"'{token}'" for token in asked if token.replace("_", "").isalnum()]
    if not quoted:
        return ""
    return " & ".join([*quoted[:-1], f"{quoted[-1]}:*"])


@dataclass(frozen=True)
class Hit:
    """One thing found: its subject, and label and link as the person sees them."""

    subject: Subject
    described: Described


@dataclass(frozen=True)
class Group:
    """The hits of one kind, under its name."""

    kind: str
    label: str
    hits: list[Hit]


def search(*, words: str, person_id: int | None, limit: int = 40) -> list[Group]:
    """Return what a person finds, grouped by kind, the kind of the best hit first; nothing they may not see."""
    query = tsquery(words)
    if not query:
        return []
    rows = _candidates(_SEARCH, query=query, limit=CANDIDATES)
    found = _found(rows, person_id=person_id, limit=limit)
    if len(rows) == CANDIDATES and len(found) < limit:
        rows = _candidates(_DEEPER, query=query, limit=DEEPEST)
        found = _found(rows, person_id=person_id, limit=limit)
    by_kind: dict[str, list[Hit]] = {}
    for subject, described in found.items():
        by_kind.setdefault(subject.kind, []).append(Hit(subject, described))
    return [Group(kind, str(SOURCES.get(kind).label), hits) for kind, hits in by_kind.items()]


def _candidates(sql: str, *, query: str, limit: int) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"query": query, "limit": limit})
        return list(cursor.fetchall())


def _found(rows: list[Candidate], *, person_id: int | None, limit: int) -> dict[Subject, Described]:
    """Return the first `limit` of the candidates that the person may see, best first.

    As many as are wanted are looked at first, and five times as many whenever that was not enough.
    """
    found: dict[Subject, Described] = {}
    start, size = 0, limit
    while start < len(rows) and len(found) < limit:
        some = rows[start : start + size]
        seen = _seen(some, person_id=person_id)
        described = describe(subjects=seen, person_id=person_id)
        found.update((subject, described[subject]) for subject in seen if subject in described)
        start, size = start + size, size * 5
    return dict(islice(found.items(), limit))


def _seen(rows: list[Candidate], *, person_id: int | None) -> list[Subject]:
    """Return those of the candidates the person may see, in their order; one question to each kind's owner."""
    asked: dict[str, list[int]] = {}
    for kind, key, public, _rank in rows:
        if not public and kind in SOURCES:
            asked.setdefault(kind, []).append(key)
    seen = {kind: SOURCES.get(kind).visible(person_id=person_id, ids=ids) for kind, ids in asked.items()}
    return [
        Subject(kind, key)
        for kind, key, public, _rank in rows
        if kind in SOURCES and (public or (ids := seen[kind]) is None or key in ids)
    ]
