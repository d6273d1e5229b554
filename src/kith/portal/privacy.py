"""What portal keeps on a person: how home is arranged, words in the index of the search, uploaded files."""

import zipfile
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.kernel.subjects import Subject
from kith.people.privacy.queries import subjects_of
from kith.people.privacy.shelf import HOLDINGS, Erased, Retention
from kith.people.privacy.tables import Table, Tables
from kith.people.privacy.traces import traces_of
from kith.portal.home.models import Arrangement, HomeDefault
from kith.portal.imports import files
from kith.portal.organization.models import IdentityVersion
from kith.portal.search.models import Document

_PLAIN = frozenset({".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".rejects", ""})
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1258", "gb18030")


def _forget_documents(person_id: int, _at: datetime) -> Erased:
    """Take the person and the person's own matters out of the index; the rest is looked at again within minutes."""
    mine = Q(pk__in=[])
    for stored in subjects_of(person_id=person_id):
        subject = Subject.parse(stored)
        mine |= Q(kind=subject.kind, subject_id=subject.id)
    return Erased(Document.objects.filter(mine).delete()[0])


def _needles(words: tuple[str, ...]) -> list[bytes]:
    return [word.encode(encoding, errors="ignore") for word in words for encoding in _ENCODINGS]


def _names_someone(path: Path, needles: list[bytes]) -> bool:
    """Return whether a file holds one of the byte strings; a packed one that cannot be searched counts as if."""
    if path.suffix in _PLAIN:
        content = path.read_bytes()
        return any(needle in content for needle in needles if needle)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return True
    return any(needle in part for part in parts for needle in needles if needle)


def _forget_files(person_id: int, _at: datetime) -> Erased:
    """Delete uploaded files and rejects files in which the person stands, after commit; they are uploaded again."""
    needles = _needles(traces_of(person_id=person_id).words)
    found = [path for path in files.folder().iterdir() if path.is_file() and _names_someone(path, needles)]

    def unlink() -> None:
        for path in found:
            path.unlink(missing_ok=True)

    transaction.on_commit(unlink)
    return Erased(len(found))


HOLDINGS.put(
    "portal.home",
    Tables(
        label=_("How you arranged your first page."),
        tables=(Table(Arrangement, _("My first page"), ("order", "hidden", "shown"), deletes=True),),
        refers={HomeDefault: ("changed_by_id",), IdentityVersion: ("by_id",)},
    ),
)
HOLDINGS.put(
    "portal.search",
    Tables(
        label=_("Words by which you and your matters are found in the search."),
        refers={Document: ("kind", "vector")},
        also=_forget_documents,
    ),
)
HOLDINGS.put(
    "portal.uploads",
    Tables(
        label=_("Files that somebody uploaded to import them, until they are taken over."),
        also=_forget_files,
        retentions=(Retention(_("Uploaded files are deleted after 30 days."), lambda at: files.sweep(at=at)),),
    ),
)
