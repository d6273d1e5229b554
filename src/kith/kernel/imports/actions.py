"""Running an import: read, check, stage, load, count; all of it in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg import sql

from kith.kernel.facts import publish
from kith.kernel.imports.facts import ImportCommitted
from kith.kernel.imports.guessing import guess_columns, peek
from kith.kernel.imports.kinds import KINDS, ImportKind
from kith.kernel.imports.mapping import Mapping, simple_mapping
from kith.kernel.imports.models import BatchState, ImportBatch
from kith.kernel.imports.preparing import Plan, make_plan
from kith.kernel.imports.staging import STAGE, Outcome, Reject, StagedBatch, create_stage, stage_cursor
from kith.kernel.refusals import BadInput

MOST_FAULTS = 200_000
KEPT_FAULTS = 200
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Report:
    """What came of an import, in rows of the first source; `batch` is None for a dry run.

    `rejects` holds every fault (several per row are possible) in the order of the file. `ignored` are columns of
    the file that are no field.
    """

    kind: str
    dry_run: bool
    created: int
    updated: int
    unchanged: int
    rejected: int
    rejects: tuple[Reject, ...]
    ignored: tuple[str, ...] = ()
    batch: ImportBatch | None = None


def kind_called(name: str) -> ImportKind:
    """Return the kind of import called `name`, else refuse with those that there are."""
    if name not in KINDS:
        sentence = _("“%(name)s” cannot be imported; what can: %(known)s.")
        raise BadInput(sentence % {"name": name[:40], "known": ", ".join(KINDS.names())}, field="kind")
    return KINDS.get(name)


def run_import(
    *,
    kind: str,
    source: Path,
    at: datetime,
    by_id: int | None = None,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    batch: ImportBatch | None = None,
) -> Report:
    """Import `source` (a file, or the folder of a mapping); a dry run does everything and takes it back.

    Good rows are taken, each bad row is explained. The same file again changes nothing. All happens in one
    transaction under a lock of the kind, so that a killed import has changed nothing and may simply be run
    again. Without a mapping, columns are matched by name. `batch` is the uploaded batch that becomes committed;
    without one a new row is made. Raises `BadInput` for a file or mapping that cannot be read at all.
    """
    wanted = kind_called(kind)
    ignored: tuple[str, ...] = ()
    if mapping is None:
        mapping, ignored = _mapping_by_name(wanted, source)
    elif mapping.kind != kind:
        sentence = _("The mapping is for %(theirs)s, not for %(ours)s.")
        raise BadInput(sentence % {"theirs": mapping.kind, "ours": kind}, field="mapping")
    plan = make_plan(mapping=mapping, fields=wanted.fields, source=source, derived=wanted.derived)
    with transaction.atomic(), stage_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import:{kind}"])
        row = batch or ImportBatch(kind=kind, system=mapping.system, file_name=_called(source, mapping), by_id=by_id)
        row.at, row.system = at, mapping.system
        row.save()
        staged, faults = _stage(cursor, wanted, plan, row, at, by_id, progress)
        if progress:
            progress("load", 0)
        outcome = _load(wanted, staged, by_id, at)
        rejects = tuple(sorted([*faults, *staged.rejects()], key=lambda reject: reject.line))
        _finish(row, outcome, rejects)
        if dry_run:
            transaction.set_rollback(True)
        else:
            publish(
                ImportCommitted(batch_id=row.pk, kind=kind, created=outcome.created, updated=outcome.updated),
                at=at,
                by_id=by_id,
            )
    return Report(
        kind=kind, dry_run=dry_run, created=outcome.created, updated=outcome.updated, unchanged=outcome.unchanged,
        rejected=outcome.rejected, rejects=rejects, ignored=ignored, batch=None if dry_run else row,
    )  # fmt: skip


def _called(source: Path, mapping: Mapping) -> str:
    return (f"{source.name} ({mapping.where})" if source.is_dir() else source.name)[:200]


def _mapping_by_name(kind: ImportKind, source: Path) -> tuple[Mapping, tuple[str, ...]]:
    if source.is_dir():
        raise BadInput(_("A folder needs a mapping."), field="mapping")
    columns, _rows = peek(source)
    guessed = guess_columns(kind.fields, columns)
    ignored = tuple(column for column in columns if column not in guessed.values())
    return simple_mapping(kind=kind.name, system="file", columns=guessed), ignored


def _stage(
    cursor: CursorWrapper, kind: ImportKind, plan: Plan, row: ImportBatch, at: datetime, by_id: int | None,
    progress: Progress | None,
) -> tuple[StagedBatch, list[Reject]]:  # fmt: skip
    create_stage(cursor, kind.fields, kind.derived)
    faults: list[Reject] = []
    source = plan.paths[plan.mapping.sources[0].name].name

    def rows() -> Iterator[tuple[object, ...]]:
        for number, prepared in enumerate(plan.rows(), start=1):
            if progress and number % 1000 == 0:
                progress("read", number)
            if prepared.faults:
                faults.extend(Reject(source, prepared.line, *fault) for fault in prepared.faults)
                if len(faults) > MOST_FAULTS:
                    raise BadInput(_("More than %s values are wrong: the mapping does not fit the file.") % MOST_FAULTS)
            yield (number, source, prepared.line, bool(prepared.faults), *prepared.values)

    names = sql.SQL(", ").join([sql.Identifier(name) for name in ("row_no", "source", "line", "bad", *plan.columns)])
    with cursor.cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(STAGE, names)) as copy:
        for values in rows():
            copy.write_row(values)
    cursor.execute(sql.SQL("ANALYZE {}").format(STAGE))
    params = {"at": at, "by": by_id}
    mapped = frozenset(plan.columns)
    return StagedBatch(cursor=cursor, batch_id=row.pk, system=plan.mapping.system, mapped=mapped, params=params), faults


def _load(kind: ImportKind, staged: StagedBatch, by_id: int | None, at: datetime) -> Outcome:
    if kind.key and all(staged.has(name) for name in kind.key):
        staged.reject_repeats(kind.key)
    kind.load(batch=staged, by_id=by_id, at=at)
    return staged.outcome()


def _finish(row: ImportBatch, outcome: Outcome, rejects: tuple[Reject, ...]) -> None:
    row.state = BatchState.COMMITTED
    row.created, row.updated = outcome.created, outcome.updated
    row.unchanged, row.rejected = outcome.unchanged, outcome.rejected
    row.rejects = [
        [reject.source, reject.line, reject.field, reject.value, reject.reason] for reject in rejects[:KEPT_FAULTS]
    ]
    row.save()
