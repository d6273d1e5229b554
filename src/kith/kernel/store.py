"""The store of attached files: random names, nothing left behind by what failed, nothing lost before the commit."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from kith.kernel.uploads import Made


@contextmanager
def stored(mades: Sequence[Made], *, folder: str) -> Iterator[list[str]]:
    """Store files and yield their names; where the block fails they go again."""
    names: list[str] = []
    try:
        names.extend(default_storage.save(f"{folder}/{secrets.token_hex(16)}", ContentFile(m.data)) for m in mades)
        yield names
    except BaseException:
        _delete(names)
        raise


def read(name: str) -> bytes:
    """Return the bytes of a file; none where the store has lost it (no file is empty)."""
    try:
        with default_storage.open(name) as opened:
            return bytes(opened.read())
    except FileNotFoundError:
        return b""


def let_go(names: Iterable[str]) -> None:
    """Delete files once the transaction is committed."""
    kept = list(names)
    transaction.on_commit(lambda: _delete(kept))


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
