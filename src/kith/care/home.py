"""What care puts on a person's home: a gift to choose, and a birthday among one's people."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.care.birthdays.queries import birthdays_among
from kith.care.cards.queries import to_sign
from kith.care.mutes.queries import muted
from kith.care.offers.queries import open_offers
from kith.care.preferences.queries import refusers, to_ask_again
from kith.kernel.clock import local_date
from kith.people.persons.models import Person
from kith.people.ties.queries import leads, reports_of
from kith.portal.home.cards import CARDS, FAMILIES, STAMPS, Card, Zone, stamp_of

SHOWN = 5


def _celebrating(person: Person, *, at: datetime) -> list[Person]:
    """Return whose birthday it is among those a person leads; nobody who wants no care, or is left alone."""
    people = birthdays_among(people=reports_of(manager_id=person.pk, day=at.date()), day=at.date())
    ids = [each.pk for each in people]
    silent = refusers(person_ids=ids) | muted(person_ids=ids, day=at.date()) if ids else set()
    return [each for each in people if each.pk not in silent]


def _gift(person: Person, *, at: datetime) -> Card | None:
    offer = open_offers(person_id=person.pk, at=at).first()
    if offer is None:
        return None
    return Card(
        key="care.gift",
        title=_("A gift for you"),
        template="care/offers/card.html",
        context={"offer": offer},
        why=_("It is your birthday, and you may choose what you like."),
        zone=Zone.TODO,
        due_at=offer.until,
        weight=30,
    )


def _to_sign(person: Person) -> Card | None:
    signings = list(to_sign(person_id=person.pk)[:SHOWN])
    if not signings:
        return None
    return Card(
        key="care.to-sign",
        title=_("Cards to sign"),
        template="care/cards/home.html",
        context={"signings": signings},
        why=_("Colleagues write a card together, and you are one of them."),
        zone=Zone.TODO,
        due_at=signings[0].card.due_at,
        weight=25,
    )


def _ask_again(person: Person, *, at: datetime) -> Card | None:
    if not to_ask_again(person_id=person.pk, day=local_date(at, person.zone)):
        return None
    return Card(
        key="care.ask-again",
        title=_("Is what you like still right?"),
        template="care/wishes/card.html",
        context={},
        why=_("You told us a year ago, and what you said is deleted unless you say it again."),
        zone=Zone.TODO,
        weight=20,
    )


def _birthdays(person: Person, *, at: datetime) -> Card | None:
    people = _celebrating(person, at=at) if leads(person_id=person.pk) else []
    if not people:
        return None
    return Card(
        key="care.birthdays",
        title=_("Birthdays among your people"),
        template="care/birthdays/card.html",
        context={"people": people},
        why=_("You lead them, and they chose that their team may know."),
        zone=Zone.CONCERNS,
        weight=40,
    )


class Care:
    """The cards of care."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return a card while a gift waits to be chosen or a card to be signed, and one for those who lead."""
        del roles
        found = (_gift(person, at=at), _to_sign(person), _ask_again(person, at=at), _birthdays(person, at=at))
        return [card for card in found if card is not None]


CARDS.put("care", Care())
STAMPS.put(
    "care",
    stamp_of(
        "SELECT o.id, o.xmin::text AS mark FROM care_giftoffer o "
        "WHERE o.person_id = %(person)s AND o.chosen_at IS NULL AND o.until > %(at)s "
        "UNION ALL SELECT s.id, s.xmin::text FROM care_signing s JOIN care_groupcard c ON c.id = s.card_id "
        "WHERE s.person_id = %(person)s AND s.signed_at IS NULL AND c.delivered_at IS NULL AND c.dropped_at IS NULL "
        "UNION ALL SELECT w.person_id, w.xmin::text FROM care_wishes w WHERE w.person_id = %(person)s "
        "AND w.refused_at IS NULL AND w.said_on <= ((%(at)s)::timestamptz)::date - 334 "
        "UNION ALL SELECT u.id, u.xmin::text FROM people_unit u "
        "WHERE u.manager_id = %(person)s AND u.closed_on IS NULL "
        "UNION ALL SELECT a.id, a.xmin::text FROM people_assignment a "
        "WHERE a.manager_id = %(person)s AND a.until IS NULL"
    ),
)
FAMILIES.put("care.gift", _("A gift to choose"))
FAMILIES.put("care.to-sign", _("Cards to sign"))
FAMILIES.put("care.ask-again", _("What I like"))
FAMILIES.put("care.birthdays", _("Birthdays among your people"))
