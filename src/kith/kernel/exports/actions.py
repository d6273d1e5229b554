"""Taking rows out: the right to, the rows, and how far it is."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind
from kith.kernel.exports.writers import WRITERS, Format
from kith.kernel.refusals import BadInput, NotAllowed

Seen = Callable[[list[int]], None]
Progress = Callable[[int], None]
BATCH = 500


def find(name: str) -> ExportKind:
    """Return the export called `name`; `BadInput` names those there are."""
    if name not in EXPORTS:
        known = ", ".join(EXPORTS.names())
        raise BadInput(_("There is no export “%(name)s”; there are %(known)s.") % {"name": name[:40], "known": known})
    return EXPORTS.get(name)


def format_of(name: str) -> Format:
    """Return the format called `name`; `BadInput` names those there are."""
    try:
        return Format(name)
    except ValueError as error:
        raise BadInput(_("Choose csv, xlsx or jsonl, not “%s”.") % name[:20], field="format") from error


def export(
    *, kind: ExportKind, asking: Asking, as_: Format, seen: Seen | None = None, progress: Progress | None = None
) -> Iterator[bytes]:
    """Yield the file, piece by piece; `NotAllowed` at once where the kind is not theirs to take.

    `seen` is told whose data went out, up to 500 persons at a time; `progress` how many rows so far.
    """
    if not kind.may(asking):
        raise NotAllowed(_("You may not export this."))
    return WRITERS[as_](kind.columns, _cells(kind, asking, seen, progress))


def _cells(
    kind: ExportKind, asking: Asking, seen: Seen | None, progress: Progress | None
) -> Iterator[tuple[object, ...]]:
    persons: dict[int, None] = {}
    number = 0
    for number, line in enumerate(kind.rows(asking), start=1):
        if seen is not None and line.person_id is not None:
            persons[line.person_id] = None
            if len(persons) >= BATCH:
                seen(list(persons))
                persons.clear()
        if progress is not None and number % BATCH == 0:
            progress(number)
        yield line.cells
    if seen is not None and persons:
        seen(list(persons))
    if progress is not None:
        progress(number)
