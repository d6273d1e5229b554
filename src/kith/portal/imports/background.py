"""Background work of imports: large files, and sweeping out old ones."""

from datetime import datetime, timedelta

from kith.kernel import clock
from kith.kernel.tasks import Queue, task, tick
from kith.portal.imports import actions, files


@task("portal.preview-import", queue=Queue.BULK)
def preview_import(*, batch_id: int) -> None:
    """Preview a large file."""
    actions.preview(batch_id=batch_id, at=clock.now())


@task("portal.commit-import", queue=Queue.BULK)
def commit_import(*, batch_id: int) -> None:
    """Take over a large file."""
    actions.commit(batch_id=batch_id, at=clock.now())


@tick("portal.sweep-imports", every=timedelta(days=1))
def sweep_imports(at: datetime) -> None:
    """Delete uploaded files and rejects files that are over a month old."""
    files.sweep(at=at)
