"""What a message can become in voice: an idea, from one's own words."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.kernel.subjects import Subject
from kith.messaging.conversations.shelves import TURNS, Turn
from kith.people.persons.models import Person
from kith.voice.ideas.actions import submit
from kith.voice.ideas.queries import KIND

LONGEST_TITLE = 150


def _as_idea(*, by: Person, author: Person, text: str, about: Subject, at: datetime) -> Subject:
    """Hand in what somebody wrote as their idea: its first line is the title."""
    del author, about
    title = text.strip().splitlines()[0].strip()
    short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    return Subject(KIND, submit(author=by, title=short, text=text, at=at).pk)


TURNS.put("idea", Turn(_("Make it an idea (colleagues read it)"), "lightbulb", own=True, make=_as_idea))
