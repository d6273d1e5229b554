"""Reads of the anonymous route."""

from django.db.models import QuerySet

from kith.voice.anonymous.models import Receipt, Saying
from kith.voice.anonymous.secrets import candidates
from kith.voice.ideas.models import Idea


def idea_of(typed: str) -> Idea | None:
    """Return the idea of a receipt as somebody typed it, None where no idea has it."""
    for kept in candidates(typed):
        found = Receipt.objects.filter(secret=kept).select_related("idea", "idea__answered_by", "idea__filing").first()
        if found is not None:
            return found.idea
    return None


def thread(idea: Idea) -> QuerySet[Saying]:
    """Return what was said both ways, in order."""
    return Saying.objects.filter(idea=idea).order_by("id")


def untold() -> QuerySet[Receipt]:
    """Return the receipts of which whoever answers has not heard the newest words."""
    return Receipt.objects.filter(told=False).select_related("idea").order_by("id")
