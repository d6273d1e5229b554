"""What conversations keep on a person: what they wrote, where they are a member, whom they block, what was reported."""

from datetime import datetime
from functools import partial

from django.utils.translation import gettext_lazy as _

from kith.kernel import store
from kith.messaging.conversations import filing
from kith.messaging.conversations.jobs import index_posts
from kith.messaging.conversations.keeping import forget
from kith.messaging.conversations.models import (
    Block,
    Conversation,
    Handover,
    Keeping,
    Manners,
    Member,
    Post,
    PostFile,
    Report,
    Topic,
    Turned,
)
from kith.messaging.conversations.queries import CONVERSATION
from kith.people.privacy.shelf import HOLDINGS, Erased, HeldFile, Retention
from kith.people.privacy.tables import Table, Tables
from kith.people.privacy.traces import MARK


def _files(person_id: int) -> tuple[HeldFile, ...]:
    """Return what the person sent along."""
    rows = PostFile.objects.filter(post__author_id=person_id).order_by("id")
    return tuple(HeldFile(f"{row.public_id}-{row.name}", partial(store.read, row.stored)) for row in rows)


def _let_go(person_id: int, _at: datetime) -> Erased:
    """Delete the files the person sent, and let the search forget their words."""
    posts = Post.objects.filter(author_id=person_id)
    if ids := list(posts.values_list("pk", flat=True)):
        index_posts.defer(ids=ids)
    return Erased(filing.let_go(PostFile.objects.filter(post__author_id=person_id)))


HOLDINGS.put(
    "messaging.conversations",
    Tables(
        label=_("What you wrote to colleagues, shifts and functions, where you are a member, and whom you block."),
        tables=(
            Table(
                Post,
                _("What I wrote"),
                (
                    "conversation__public_id", "seq", "kind", "topic__name", "text", "earlier", "at", "edited_at",
                    "withdrawn_at",
                ),
                person=("author_id",),
                blanks={"text": MARK, "earlier": None, "mentions": []},
            ),
            Table(
                PostFile,
                _("Files I sent"),
                ("post__conversation__public_id", "name", "kind", "size"),
                person=("post__author_id",),
            ),
            Table(
                Conversation,
                _("What I asked functions"),
                ("public_id", "title", "duty", "created_at", "awaiting_since"),
                person=("asker_id",),
                subject=CONVERSATION,
                blanks={"title": MARK},
            ),
            Table(
                Member,
                _("Conversations I am in or was in"),
                (
                    "conversation__public_id", "conversation__title", "joined_at", "read_seq", "notify", "leads",
                    "left_at", "gone",
                ),
            ),
            Table(Block, _("Whom I take no messages from"), ("at",), deletes=True),
            Table(Block, _("Who takes no messages from me"), (), person=("blocked_id",), deletes=True),
            Table(Manners, _("How I talk"), ("shows_reading",), deletes=True),
            Table(Turned, _("What I made of messages"), ("turn", "became", "at"), person=("by_id",), deletes=True),
            Table(
                Handover,
                _("Shift notes I take over"),
                ("due_at", "acknowledged_at"),
                person=("lead_id", "acknowledged_by_id"),
                mine=False,
            ),
            Table(
                Report,
                _("What I reported"),
                ("reason", "at", "decision", "decided_at"),
                person=("by_id",),
                blanks={"reason": MARK},
            ),
            Table(
                Report,
                _("What was decided on my messages"),
                ("text", "decision", "decided_at", "words"),
                person=("author_id",),
                blanks={"text": MARK},
            ),
        ),
        refers={
            Conversation: ("pair", "rule", "duty", "created_by_id"),
            Post: ("mentions", "withdrawn_by_id"),
            PostFile: ("stored", "sha256"),
            Topic: ("folded",),
            Report: ("decided_by",),
            Keeping: ("by_id",),
        },
        free={
            Conversation: ("title",),
            Topic: ("name", "folded"),
            Post: ("text", "earlier"),
            PostFile: ("name",),
            Report: ("text", "reason", "words"),
        },
        files=_files,
        also=_let_go,
        retentions=(
            Retention(_("Messages are deleted once they are older than your organization keeps them."), forget),
        ),
    ),
)  # fmt: skip
