"""What care puts on a person's home: a gift to choose, and a birthday among one's people."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.care.birthdays.queries import birthdays_among
from kith.care.offers.queries import open_offers
from kith.people.persons.models import Person
from kith.people.ties.queries import leads, reports_of
from kith.portal.home.cards import CARDS, Card, Zone


class Care:
    """The cards of care."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return a card while a gift waits to be chosen, and one for those who lead when one of theirs celebrates."""
        del roles
        cards = []
        offer = open_offers(person_id=person.pk, at=at).first()
        if offer is not None:
            cards.append(
                Card(
                    key="care.gift",
                    title=_("A gift for you"),
                    template="care/offers/card.html",
                    context={"offer": offer},
                    why=_("It is your birthday, and you may choose what you like."),
                    zone=Zone.TODO,
                    due_at=offer.until,
                    weight=30,
                )
            )
        if leads(person_id=person.pk):
            people = birthdays_among(people=reports_of(manager_id=person.pk, day=at.date()), day=at.date())
            if people:
                cards.append(
                    Card(
                        key="care.birthdays",
                        title=_("Birthdays among your people"),
                        template="care/birthdays/card.html",
                        context={"people": people},
                        why=_("You lead them, and they chose that their team may know."),
                        zone=Zone.CONCERNS,
                        weight=40,
                    )
                )
        return cards


CARDS.put("care", Care())
