"""Writes of imports on screen: an uploaded file is mapped, previewed, committed or thrown away."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.imports.actions import KEPT_FAULTS, Report, run_import
from kith.kernel.imports.guessing import guess_columns, peek
from kith.kernel.imports.kinds import KINDS, ImportKind
from kith.kernel.imports.mapping import Mapping as ImportMapping
from kith.kernel.imports.mapping import simple_mapping
from kith.kernel.imports.models import BatchState, ImportBatch
from kith.kernel.imports.rejects import rejects_csv
from kith.kernel.imports.rows import shortened
from kith.kernel.refusals import BadInput, Refusal
from kith.portal.imports import files

AT_ONCE = 2 * 2**20  # bytes; a larger file is worked on in the background


def upload(*, kind: ImportKind, uploaded: UploadedFile[bytes], at: datetime, by_id: int) -> ImportBatch:
    """Keep an uploaded file; what cannot be read at all is refused and not kept."""
    name = files.store(uploaded)
    batch = ImportBatch(
        kind=kind.name, file_name=shortened(uploaded.name or "", 200), by_id=by_id, at=at, stored=name,
        state=BatchState.UPLOADED,
    )  # fmt: skip
    try:
        peek(files.path_of(batch))
    except BadInput:
        files.forget(batch)
        raise
    batch.save()
    return batch


def columns_of(batch: ImportBatch) -> tuple[dict[str, str], dict[str, str]]:
    """Return the columns of an uploaded file with a value of each, and which field each is.

    A field's column is the one that was chosen, else the one whose name says so.
    """
    columns, rows = peek(files.path_of(batch))
    samples = {
        column: next((shortened(row.cells[column], 30) for row in rows if row.cells.get(column) not in {None, ""}), "")
        for column in columns
    }
    return samples, batch.columns or guess_columns(KINDS.get(batch.kind).fields, columns)


def _mapping(batch: ImportBatch) -> ImportMapping:
    return simple_mapping(kind=batch.kind, system=batch.system, columns=batch.columns)


def ask_preview(
    *, batch: ImportBatch, columns: Mapping[str, str], at: datetime, later: Callable[[int], None]
) -> ImportBatch:
    """Record which column is which field and preview; a large file by `later`, in the background."""
    row = _waiting(batch, columns=dict(columns))
    return _now_or_later(row, at=at, work=preview, later=later)


def ask_commit(*, batch: ImportBatch, at: datetime, later: Callable[[int], None]) -> ImportBatch:
    """Take over what was previewed; a large file by `later`, in the background."""
    if not batch.columns:
        raise Refusal(_("Look at the preview first."))
    return _now_or_later(_waiting(batch), at=at, work=commit, later=later)


def _waiting(batch: ImportBatch, *, columns: dict[str, str] | None = None) -> ImportBatch:
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.state not in {BatchState.UPLOADED, BatchState.FAILED}:
            raise Refusal(_("This import is under way or over already."))
        row.state, row.problem = BatchState.WAITING, ""
        if columns is not None:
            row.columns = columns
        row.save()
    return row


def _now_or_later(
    row: ImportBatch, *, at: datetime, work: "Callable[..., ImportBatch]", later: Callable[[int], None]
) -> ImportBatch:
    if files.path_of(row).stat().st_size <= AT_ONCE:
        return work(batch_id=row.pk, at=at)
    later(row.pk)
    return row


def preview(*, batch_id: int, at: datetime) -> ImportBatch:
    """Run a waiting batch dry and record what would come of it; a second run finds nothing to do."""
    row = ImportBatch.objects.get(pk=batch_id)
    if row.state != BatchState.WAITING:
        return row
    try:
        report = run_import(
            kind=row.kind, source=files.path_of(row), mapping=_mapping(row), dry_run=True, at=at, by_id=row.by_id
        )
    except BadInput as refusal:
        return _fail(row, refusal)
    row.state = BatchState.UPLOADED
    row.created, row.updated = report.created, report.updated
    row.unchanged, row.rejected = report.unchanged, report.rejected
    kept = report.rejects[:KEPT_FAULTS]
    row.rejects = [[row.file_name, reject.line, reject.field, reject.value, reject.reason] for reject in kept]
    row.save()
    _keep_rejects(row, report)
    return row


def commit(*, batch_id: int, at: datetime) -> ImportBatch:
    """Take over a waiting batch; a second run finds nothing to do."""
    try:
        with transaction.atomic():
            row = ImportBatch.objects.select_for_update().get(pk=batch_id)
            if row.state != BatchState.WAITING:
                return row
            report = run_import(
                kind=row.kind, source=files.path_of(row), mapping=_mapping(row), at=at, by_id=row.by_id, batch=row
            )
    except BadInput as refusal:
        return _fail(ImportBatch.objects.get(pk=batch_id), refusal)
    _keep_rejects(row, report)
    files.forget(row)
    return row


def _fail(row: ImportBatch, refusal: BadInput) -> ImportBatch:
    row.state, row.problem = BatchState.FAILED, refusal.sentence[:500]
    row.save(update_fields=["state", "problem"])
    return row


def _keep_rejects(row: ImportBatch, report: Report) -> None:
    path = files.rejects_path(row)
    if report.rejects:
        path.write_bytes(rejects_csv(report.rejects))
    else:
        path.unlink(missing_ok=True)


def discard(*, batch: ImportBatch) -> None:
    """Throw an uploaded file away; what is committed stays."""
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.state not in {BatchState.UPLOADED, BatchState.FAILED}:
            raise Refusal(_("This import is under way or over already."))
        row.delete()
    files.forget(batch)
    files.rejects_path(batch).unlink(missing_ok=True)
