"""What a message can become in support: a request, from one's own words."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.kernel.subjects import Subject
from kith.messaging.conversations.shelves import TURNS, Turn
from kith.people.persons.models import Person
from kith.support.requests.actions import LONGEST_TITLE, ask
from kith.support.requests.queries import KIND


def _as_request(*, by: Person, author: Person, text: str, about: Subject, at: datetime) -> Subject:
    """Ask the service what somebody wrote: its first line is the title."""
    del author, about
    title = text.strip().splitlines()[0].strip()
    short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    return Subject(KIND, ask(asker=by, title=short, text=text, at=at).pk)


TURNS.put("request", Turn(_("Ask the service this"), "headset", own=True, make=_as_request))
