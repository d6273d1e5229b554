"""Everything kept on a person as one ZIP: `everything.json`, and the files beside it."""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import Any

from kith.access.looks.queries import looks_at
from kith.people.privacy.queries import everything
from kith.people.privacy.shelf import HOLDINGS

_IN_MEMORY = 8 * 2**20
_PIECE = 64 * 2**10


def pieces(*, person_id: int, at: datetime) -> Iterator[bytes]:
    """Yield the archive, piece by piece; large ones lie in a temporary file meanwhile."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            holdings: dict[str, Any] = {}
            for held in everything(person_id=person_id):
                told = holdings.setdefault(held.name, {"about": str(held.label), "kept": {}, "files": []})
                for part in held.gathered.parts:
                    told["kept"].setdefault(part.name, {"title": str(part.title), "rows": []})["rows"] += part.rows
                for kept in held.gathered.files:
                    name = str(PurePosixPath("files", *PurePosixPath(kept.name).parts))
                    archive.writestr(name, kept.read())
                    told["files"].append(name)
            whole = {
                "taken_at": at.isoformat(),
                "holdings": holdings,
                "kept_for": {
                    name: [str(retention.sentence) for retention in holding.retentions]
                    for name, holding in HOLDINGS.items()
                    if holding.retentions
                },
                "looks": [{"what": look.what, "at": look.at.isoformat()} for look in looks_at(person_id=person_id)],
            }
            archive.writestr("everything.json", json.dumps(whole, ensure_ascii=False, indent=1))
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
