"""What voice keeps on a person: ideas, comments, votes and ratings."""

from datetime import datetime
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.kernel import store
from kith.people.privacy.shelf import HOLDINGS, Erased, HeldFile
from kith.people.privacy.tables import Table, Tables
from kith.people.privacy.traces import MARK, traces_of
from kith.voice.anonymous.models import Receipt, Saying, Sealed
from kith.voice.campaigns.models import Campaign, Limit, Terms
from kith.voice.ideas.attaching import let_go
from kith.voice.ideas.models import Attachment, Comment, Idea, Vote
from kith.voice.ratings.models import Rating


def _files(person_id: int) -> tuple[HeldFile, ...]:
    """Return what the person attached to ideas."""
    rows = Attachment.objects.filter(added_by_id=person_id).order_by("id")
    return tuple(HeldFile(f"{row.public_id}-{row.name}", partial(store.read, row.stored)) for row in rows)


def _let_files_go(person_id: int, _at: datetime) -> Erased:
    """Delete what the person attached, files and rows; what ideas that name the person say is looked at anew later."""
    named = Q(author_id=person_id)
    for word in traces_of(person_id=person_id).words:
        named |= Q(title__icontains=word) | Q(text__icontains=word) | Q(folded__icontains=word)
    Idea.objects.filter(named).update(signals=None)
    return Erased(let_go(list(Attachment.objects.filter(added_by_id=person_id))))


HOLDINGS.put(
    "voice.ideas",
    Tables(
        label=_("Ideas you had, what you said to those of others, and what you found good."),
        tables=(
            Table(
                Idea,
                _("My ideas"),
                (
                    "public_id", "title", "text", "folded", "category", "state", "submitted_at", "answer", "reason",
                    "answered_at", "understood", "rated_at", "reopened_at", "outcome", "done_at", "nonce",
                ),
                person=("author_id",),
                subject="idea",
                blanks={"title": MARK, "text": MARK, "folded": "", "signals": None, "nonce": ""},
            ),
            Table(
                Attachment,
                _("Files I attached"),
                ("idea__public_id", "name", "kind", "size", "at"),
                person=("added_by_id",),
            ),
            Table(Limit, _("What I may decide by myself"), ("amount", "currency", "valid_from"), deletes=True),
            Table(
                Campaign,
                _("Campaigns whose ideas I answer"),
                ("title", "question", "opens_at", "closes_at"),
                person=("owner_id",),
                mine=False,
            ),
            Table(
                Comment,
                _("What I said to ideas"),
                ("idea__public_id", "text", "at"),
                person=("author_id",),
                deletes=True,
            ),
            Table(Vote, _("Ideas I found good"), ("idea__public_id", "mine", "at"), deletes=True),
        ),
        refers={
            Idea: ("answered_by", "currency", "outcome_link"),
            Attachment: ("stored", "sha256"),
            Campaign: ("currency", "created_by_id"),
            Terms: ("currency", "made_by_id"),
            Limit: ("set_by_id",),
            Receipt: ("secret",),
            Sealed: ("secret",),
            Saying: ("by_id",),
        },
        free={
            Idea: ("title", "text", "folded", "answer", "outcome"),
            Comment: ("text",),
            Saying: ("text",),
            Sealed: ("words",),
            Attachment: ("name",),
        },
        files=_files,
        also=_let_files_go,
    ),
)  # fmt: skip
HOLDINGS.put(
    "voice.ratings",
    Tables(
        label=_("Stars you gave, and your words with them. The stars stay in the average, without you."),
        tables=(Table(Rating, _("My ratings"), ("subject", "stars", "words", "at"), blanks={"words": ""}),),
        free={Rating: ("words",)},
    ),
)
