"""What messaging puts on a person's home: what to acknowledge, one card each, and what is new."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.messaging.deliveries.queries import fresh, to_acknowledge
from kith.messaging.deliveries.rendering import render
from kith.people.persons.models import Person
from kith.portal.home.cards import CARDS, FAMILIES, STAMPS, Card, Zone, stamp_of

SHOWN = 4


class MyMessages:
    """The cards of messaging."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return a card for each message to acknowledge and one for what is new."""
        del roles
        language = get_language() or "en"
        cards = [
            Card(
                key=f"messaging.acknowledge.{row.message_id}",
                title=render(row.message, language=language).title,
                template="messaging/inbox/card_acknowledge.html",
                context={"row": row, "text": render(row.message, language=language), "now": at},
                why=_("You are in the group this was written for, and the sender needs to know that you read it."),
                zone=Zone.TODO,
                due_at=row.message.due_at,
                weight=1,
                mandatory=True,
            )
            for row in to_acknowledge(person_id=person.pk)[:SHOWN]
        ]
        new = [(row, render(row.message, language=language)) for row in fresh(person_id=person.pk)[:SHOWN]]
        if new:
            cards.append(
                Card(
                    key="messaging.new",
                    title=_("New for you"),
                    template="messaging/inbox/card.html",
                    context={"rows": new},
                    why=_("These messages were sent to you and you have not opened them yet."),
                    zone=Zone.CONCERNS,
                    weight=5,
                )
            )
        return cards


CARDS.put("messaging", MyMessages())
STAMPS.put(
    "messaging",
    stamp_of(
        "SELECT d.id, d.xmin || ' ' || m.xmin AS mark FROM messaging_delivery d "
        "JOIN messaging_message m ON m.id = d.message_id "
        "WHERE d.person_id = %(person)s AND d.state IN (1, 2) ORDER BY d.id DESC LIMIT 100"
    ),
)
FAMILIES.put("messaging.acknowledge", _("What is to be acknowledged"))
FAMILIES.put("messaging.new", _("New for you"))
