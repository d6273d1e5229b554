"""One click from a post to an idea, a request, a promise: whatever others put on the shelf."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.subjects import Subject
from kith.messaging.conversations.jobs import KIND
from kith.messaging.conversations.models import Post, PostKind, Turned
from kith.messaging.conversations.rules import Standing
from kith.messaging.conversations.saying import locked, tell_pages
from kith.messaging.conversations.shelves import TURNS, Turn


def offered(post: Post, *, standing: Standing) -> list[tuple[str, Turn]]:
    """Return what somebody may make of a post: of one's own words, or of another's, as each turn says."""
    if post.withdrawn_at is not None or post.kind == PostKind.EVENT or not standing.employed:
        return []
    own = post.author_id == standing.person.pk
    return [(name, turn) for name, turn in TURNS.items() if turn.own == own and post.text]


def turn(*, post: Post, by: Standing, name: str, at: datetime) -> Subject:
    """Make something of a post, once: a second click returns what was made."""
    if name not in TURNS:
        raise NotFound(_("There is nothing of that kind."))
    with transaction.atomic():
        kept = locked(post.conversation_id)
        known = Turned.objects.filter(post=post, turn=name, by=by.person).first()
        if known is not None:
            return Subject.parse(known.became)
        if name not in dict(offered(post, standing=by)):
            raise Refusal(_("This cannot be made of this message."))
        about = Subject(KIND, post.pk)
        became = TURNS.get(name).make(by=by.person, author=post.author, text=post.text, about=about, at=at)
        Turned.objects.create(post=post, turn=name, by=by.person, became=str(became), at=at)
        kept.rev += 1
        kept.save(update_fields=["rev"])
        Post.objects.filter(pk=post.pk).update(rev=kept.rev)
        tell_pages(kept, seq=post.seq)
    return became
