"""Searching: candidates by their words, best first, and of those only what the person may see.

Where the best candidates are mostly not for the person's eyes, more of every kind are looked at, so that what is
hidden does not push out what is not: at most `DEEPEST` of a kind.
"""

from dataclasses import dataclass

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
    seen = _seen(rows, person_id=person_id)
    if len(rows) == CANDIDATES and len(seen) < limit:
        rows = _candidates(_DEEPER, query=query, limit=DEEPEST)
        seen = _seen(rows, person_id=person_id)
    subjects = [Subject(row[0], row[1]) for row in rows if row[:2] in seen][:limit]
    described = describe(subjects=subjects, person_id=person_id)
    groups = []
    for kind in dict.fromkeys(subject.kind for subject in subjects):
        hits = [Hit(s, described[s]) for s in subjects if s.kind == kind and s in described]
        if hits:
            groups.append(Group(kind, str(SOURCES.get(kind).label), hits))
    return groups


def _candidates(sql: str, *, query: str, limit: int) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"query": query, "limit": limit})
        return list(cursor.fetchall())


def _seen(rows: list[Candidate], *, person_id: int | None) -> set[tuple[str, int]]:
    """Return kind and id of what the person may see; one question to each kind's owner."""
    seen = {(kind, key) for kind, key, public, _rank in rows if public and kind in SOURCES}
    asked: dict[str, list[int]] = {}
    for kind, key, public, _rank in rows:
        if not public and kind in SOURCES:
            asked.setdefault(kind, []).append(key)
    for kind, ids in asked.items():
        seen |= {(kind, key) for key in SOURCES.get(kind).visible(person_id=person_id, ids=ids)}
    return seen
