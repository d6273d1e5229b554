"""Searching: candidates by their words, best first, and of those only what the person may see."""

from dataclasses import dataclass

from django.db import connection

from kith.kernel.folding import query_tokens
from kith.kernel.subjects import Described, Subject, describe
from kith.portal.search.sources import SOURCES

CANDIDATES = 200
MOST_WORDS = 12
_SEARCH = """
    SELECT kind, subject_id, public, ts_rank(vector, q) AS rank
    FROM portal_document, to_tsquery('simple', %(query)s) AS q WHERE vector @@ q
    ORDER BY rank DESC, kind, subject_id LIMIT %(limit)s
"""


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
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, {"query": query, "limit": CANDIDATES})
        rows = [row for row in cursor.fetchall() if row[0] in SOURCES]
    found: dict[str, list[int]] = {}
    for kind, subject_id, _public, _rank in rows:
        found.setdefault(kind, []).append(subject_id)
    seen = {
        kind: {row[1] for row in rows if row[0] == kind and row[2]} | _visible(kind, rows, person_id) for kind in found
    }
    subjects = [Subject(kind, key) for kind, ids in found.items() for key in ids if key in seen[kind]][:limit]
    described = describe(subjects=subjects, person_id=person_id)
    groups = []
    for kind in found:
        hits = [Hit(s, described[s]) for s in subjects if s.kind == kind and s in described]
        if hits:
            groups.append(Group(kind, str(SOURCES.get(kind).label), hits))
    return groups


def _visible(kind: str, rows: list[tuple[str, int, bool, float]], person_id: int | None) -> set[int]:
    asked = [row[1] for row in rows if row[0] == kind and not row[2]]
    return SOURCES.get(kind).visible(person_id=person_id, ids=asked) if asked else set()
