"""Files of posts: kept under random names, read, and let go after the commit."""

import secrets
from collections.abc import Iterable, Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import Refusal
from kith.kernel.uploads import Made
from kith.messaging.conversations.models import Post, PostFile

MOST = 5


def keep(post: Post, mades: Sequence[Made]) -> list[PostFile]:
    """Keep the files of a post, at most five; what was stored goes again where the transaction fails here."""
    if len(mades) > MOST:
        raise Refusal(_("A message carries at most five files."), field="file")
    stored: list[str] = []
    try:
        rows = []
        for made in mades:
            stored.append(default_storage.save(f"posts/{secrets.token_hex(16)}", ContentFile(made.data)))
            rows.append(
                PostFile(
                    post=post, kind=made.kind, name=made.name, stored=stored[-1], size=len(made.data),
                    sha256=made.sha256,
                )
            )  # fmt: skip
        return PostFile.objects.bulk_create(rows) if rows else []
    except BaseException:
        _delete(stored)
        raise


def read(file: PostFile) -> bytes:
    """Return the bytes of a file; `FileNotFoundError` where the store has lost it."""
    with default_storage.open(file.stored) as opened:
        return bytes(opened.read())


def let_go(files: Iterable[PostFile]) -> int:
    """Delete files, the bytes after the commit; return how many."""
    rows = list(files)
    if not rows:
        return 0
    names = [row.stored for row in rows]
    gone, _by_model = PostFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: _delete(names))
    return gone


def _delete(names: Sequence[str]) -> None:
    for name in names:
        default_storage.delete(name)
