"""What voice puts on a person's home: an answer to rate."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.people.persons.models import Person
from kith.portal.home.cards import CARDS, FAMILIES, STAMPS, Card, Zone, stamp_of
from kith.voice.ideas.models import Idea, IdeaState


class MyIdeas:
    """The card of ideas."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return one card while answers wait for the author's rating; one query."""
        del roles, at
        waiting = Idea.objects.filter(author=person, rated_at__isnull=True).exclude(state=IdeaState.OPEN)
        ideas = list(waiting.order_by("-answered_at")[:3])
        if not ideas:
            return []
        return [
            Card(
                key="voice.answered",
                title=_("Your idea has an answer"),
                template="voice/ideas/card.html",
                context={"ideas": ideas},
                why=_("You had this idea, and nobody but you can say whether the answer is one."),
                zone=Zone.TODO,
                weight=40,
            )
        ]


CARDS.put("voice", MyIdeas())
STAMPS.put(
    "voice",
    stamp_of(
        "SELECT i.id, i.xmin::text AS mark FROM voice_idea i "
        "WHERE i.author_id = %(person)s AND i.rated_at IS NULL AND i.state <> 'open'"
    ),
)
FAMILIES.put("voice.answered", _("Your idea has an answer"))
