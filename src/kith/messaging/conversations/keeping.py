"""For how long posts are kept: the organization decides, its decisions are a history."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.messaging.conversations import filing
from kith.messaging.conversations.jobs import index_posts
from kith.messaging.conversations.models import Keeping, Post, PostFile
from kith.messaging.conversations.queries import keeping

SHORTEST, LONGEST = 30, 3650
BATCH = 1000


def keep_for(*, days: int | None, at: datetime, by_id: int | None) -> Keeping:
    """Decide for how many days posts are kept (None: for ever); the same again changes nothing."""
    if days is not None and not SHORTEST <= days <= LONGEST:
        raise BadInput(_("Keep messages for 30 to 3,650 days, or for ever."), field="days")
    last = keeping()
    if last is not None and last.days == days:
        return last
    return Keeping.objects.create(days=days, at=at, by_id=by_id)


def forget(at: datetime) -> int:
    """Delete posts, with their files, that are older than the organization keeps them; return how many."""
    rule, gone = keeping(), 0
    if rule is None or rule.days is None:
        return 0
    old = Post.objects.filter(at__lt=at - timedelta(days=rule.days)).order_by("pk")
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            filing.let_go(PostFile.objects.filter(post_id__in=ids))
            Post.objects.filter(pk__in=ids).delete()
            index_posts.defer(ids=ids)
        gone += len(ids)
    return gone
