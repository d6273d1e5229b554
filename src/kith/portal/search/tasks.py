"""Keeping the index fresh: everything is looked at again every ten minutes."""

from datetime import datetime, timedelta

from kith.kernel.tasks import Queue, task, tick
from kith.portal.search.actions import reindex
from kith.portal.search.sources import SOURCES


@task("portal.reindex", queue=Queue.BULK, attempts=3)
def reindex_kind(*, kind: str, ids: list[int] | None = None) -> None:
    """Bring one kind up to date, all of it or some."""
    reindex(kind=kind, ids=ids)


@tick("portal.reindex", every=timedelta(minutes=10))
def reindex_everything(_at: datetime) -> None:
    """Enqueue every kind, each at most once."""
    for kind in SOURCES.names():
        reindex_kind.defer_once(key=f"reindex:{kind}", kind=kind)
