"""What content puts on a person's home: news for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.content.news.queries import newest_for, shown
from kith.people.calendars.queries import local_today
from kith.people.persons.models import Person
from kith.portal.home.cards import CARDS, FAMILIES, STAMPS, Card, Zone, stamp_of

FRESH = timedelta(days=30)
SHOWN = 3


class FreshNews:
    """The card of news."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return one card with the newest news of a month; one query where there are none, else three."""
        del roles
        day = local_today(person=person, at=at)
        news = newest_for(person_id=person.pk, day=day, since=at - FRESH, limit=SHOWN)
        if not news:
            return []
        return [
            Card(
                key="content.news",
                title=_("News"),
                template="content/news/card.html",
                context={"rows": shown(news, language=get_language() or "en")},
                why=_("Communications wrote this for an audience you are in."),
                zone=Zone.CONCERNS,
                weight=60,
            )
        ]


CARDS.put("content", FreshNews())
STAMPS.put(
    "content",
    stamp_of(
        "SELECT n.id, n.xmin::text AS mark FROM content_news n "
        "WHERE n.state = 'released' AND n.released_at >= %(at)s - interval '30 days'"
    ),
)
FAMILIES.put("content.news", _("News"))
