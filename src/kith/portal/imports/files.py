"""Uploaded files until they are taken over, and the rejects files of what was not; in a folder of their own."""

import re
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kith.kernel.imports.models import ImportBatch
from kith.kernel.refusals import BadInput

MOST_BYTES = 50 * 2**20
KEPT = timedelta(days=30)
_STORED = re.compile(r"^[0-9a-f]{32}(?:\.[a-z]{1,8})?$")
_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson", ".parquet"})


def folder() -> Path:
    """Return the folder, made for our eyes only."""
    path = Path(settings.MEDIA_ROOT) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def store(uploaded: UploadedFile[bytes]) -> str:
    """Keep an uploaded file under a name of ours and return the name; one that is empty or too large is refused."""
    if not uploaded.size:
        raise BadInput(_("The file is empty."), field="file")
    if uploaded.size > MOST_BYTES:
        sentence = _("The file is larger than %s MB; import it with the command line.")
        raise BadInput(sentence % (MOST_BYTES // 2**20), field="file")
    suffix = Path(uploaded.name or "").suffix.lower()
    name = uuid.uuid4().hex + (suffix if suffix in _SUFFIXES else "")
    with (folder() / name).open("xb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
    return name


def path_of(batch: ImportBatch) -> Path:
    """Return where the uploaded file of a batch is; `BadInput` when it is no longer there."""
    path = folder() / batch.stored
    if not _STORED.match(batch.stored) or not path.is_file():
        raise BadInput(_("The uploaded file is no longer there; upload it again."), field="file")
    return path


def rejects_path(batch: ImportBatch) -> Path:
    """Return where the rejects file of a batch is, whether there is one or not."""
    return folder() / f"{batch.public_id.hex}.rejects"


def forget(batch: ImportBatch) -> None:
    """Delete the uploaded file of a batch."""
    if _STORED.match(batch.stored):
        (folder() / batch.stored).unlink(missing_ok=True)


def sweep(*, at: datetime) -> int:
    """Delete every file that has lain here for longer than `KEPT`; return how many."""
    old = [path for path in folder().iterdir() if path.is_file() and path.stat().st_mtime < (at - KEPT).timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
