"""The rejects file: what was not taken, where it stood and why."""

import csv
import io
from collections.abc import Iterable

from kith.kernel.imports.neutral import neutralise
from kith.kernel.imports.staging import Reject

HEADER = ("source", "line", "field", "value", "reason")


def rejects_csv(rejects: Iterable[Reject]) -> bytes:
    """Return the faults as CSV in UTF-8 with BOM (spreadsheets need it), no cell a live formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for reject in rejects:
        row = (reject.source, str(reject.line), reject.field, reject.value, reject.reason)
        writer.writerow([neutralise(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")
