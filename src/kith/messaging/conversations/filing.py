"""Files of posts: kept, and let go after the commit."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kith.kernel import store
from kith.kernel.refusals import Refusal
from kith.kernel.uploads import Made
from kith.messaging.conversations.models import Post, PostFile

MOST = 5


def keep(post: Post, mades: Sequence[Made]) -> list[PostFile]:
    """Keep the files of a post, at most five."""
    if len(mades) > MOST:
        raise Refusal(_("A message carries at most five files."), field="file")
    with store.stored(mades, folder="posts") as names:
        return PostFile.objects.bulk_create(
            PostFile(
                post=post, kind=made.kind, name=made.name, stored=name, size=len(made.data), sha256=made.sha256
            )
            for name, made in zip(names, mades, strict=True)
        )  # fmt: skip


def let_go(files: Iterable[PostFile]) -> int:
    """Delete files, the bytes after the commit; return how many."""
    rows = list(files)
    gone, _by_model = PostFile.objects.filter(pk__in=[row.pk for row in rows]).delete() if rows else (0, {})
    store.let_go(row.stored for row in rows)
    return gone
