"""Reads of the anonymous route."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kith.voice.anonymous.models import Receipt, Saying, Sealed, What
from kith.voice.anonymous.secrets import candidates
from kith.voice.filings.chain import content_hash
from kith.voice.ideas.models import Idea

_WITH = ("idea", "idea__answered_by", "idea__filing", "idea__receipt")


def idea_of(typed: str) -> Idea | None:
    """Return the idea of a receipt as somebody typed it, None where no idea has it."""
    for kept in candidates(typed):
        found = Receipt.objects.filter(secret=kept).select_related(*_WITH).first()
        if found is not None:
            return found.idea
    return None


def thread(idea: Idea) -> QuerySet[Saying]:
    """Return what was said both ways, in order."""
    return Saying.objects.filter(idea=idea).order_by("id")


def untold() -> QuerySet[Receipt]:
    """Return the receipts of which whoever answers has not heard the newest words."""
    return Receipt.objects.filter(told=False).select_related("idea").order_by("id")


@dataclass(frozen=True)
class Waiting:
    """What an author's receipt finds in the box: an idea nobody has read yet, more words, and a rating."""

    title: str = ""
    text: str = ""
    content: str = ""
    sayings: tuple[str, ...] = ()
    rated: bool = False
    opens_at: datetime | None = None


def _waiting(kept: str) -> Waiting | None:
    rows = list(Sealed.objects.filter(secret=kept).order_by("opens_at", "id"))
    if not rows:
        return None
    ideas = [row.words for row in rows if row.what == What.IDEA]
    given = ideas[0] if ideas else {}
    return Waiting(
        title=given.get("title", ""),
        text=given.get("text", ""),
        content=content_hash(nonce=given["nonce"], title=given["title"], text=given["text"]) if given else "",
        sayings=tuple(row.words["text"] for row in rows if row.what == What.SAYING),
        rated=any(row.what == What.RATING for row in rows),
        opens_at=rows[0].opens_at,
    )


def in_the_box(typed: str) -> Waiting | None:
    """Return what waits in the box under a receipt as somebody typed it, None where there is nothing."""
    return next((found for kept in candidates(typed) if (found := _waiting(kept)) is not None), None)


def waits_beside(idea: Idea) -> Waiting:
    """Return what waits in the box beside an idea that was taken out."""
    return _waiting(idea.receipt.secret) or Waiting()
