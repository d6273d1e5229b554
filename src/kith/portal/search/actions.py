"""Writes of the index: batches of documents, their words folded and weighted (titles before bodies)."""

from collections.abc import Collection
from itertools import islice

from django.db import connection, transaction

from kith.kernel.folding import tokens
from kith.portal.search.models import Document
from kith.portal.search.sources import SOURCES, Indexed

BATCH = 1000
WORDS = 3000
_UPSERT = """
    INSERT INTO portal_document (kind, subject_id, vector, public)
    SELECT %(kind)s, d.id, setweight(to_tsvector('simple', d.title), 'A') || to_tsvector('simple', d.body), d.public
    FROM unnest(%(ids)s::bigint[], %(titles)s::text[], %(bodies)s::text[], %(publics)s::bool[])
         AS d (id, title, body, public)
    ON CONFLICT (kind, subject_id) DO UPDATE SET vector = excluded.vector, public = excluded.public
    WHERE (portal_document.vector, portal_document.public) IS DISTINCT FROM (excluded.vector, excluded.public)
"""


def _words(found: Indexed) -> tuple[str, str]:
    title = [token for words in found.title.values() for token in tokens(words)]
    body = [token for words in found.body.values() for token in tokens(words)]
    return " ".join(dict.fromkeys(title)), " ".join(list(dict.fromkeys(body))[:WORDS])


def _write(kind: str, batch: list[Indexed]) -> None:
    words = [_words(found) for found in batch]
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT,
            {
                "kind": kind,
                "ids": [found.subject_id for found in batch],
                "titles": [title for title, _body in words],
                "bodies": [body for _title, body in words],
                "publics": [found.public for found in batch],
            },
        )


def reindex(*, kind: str, ids: Collection[int] | None = None) -> int:
    """Bring the index up to date for some subjects of a kind, or (None) all; return how many are in it now."""
    source = SOURCES.get(kind)
    kept: set[int] = set()
    documents = source.documents(ids=ids)
    with transaction.atomic():
        while batch := list(islice(documents, BATCH)):
            _write(kind, batch)
            kept.update(found.subject_id for found in batch)
        gone = Document.objects.filter(kind=kind)
        if ids is not None:
            gone = gone.filter(subject_id__in=[each for each in ids if each not in kept])
        else:
            gone = gone.exclude(subject_id__in=kept)
        gone.delete()
    return len(kept)


def reindex_all() -> int:
    """Rebuild the whole index, kind by kind."""
    return sum(reindex(kind=kind) for kind in SOURCES.names())
