"""Reads of group cards: those one may sign or keeps, and those one was given."""

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from kith.care.birthdays.queries import birthdays_among
from kith.care.cards.models import CardKind, GroupCard, Signing
from kith.care.ties.dates import anniversaries_on, days_between
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind

AHEAD = timedelta(days=60)


def visible_to(*, person_id: int) -> QuerySet[GroupCard]:
    """Return the cards one is asked to sign or keeps, and those one was given; never one that is still on its way."""
    asked = Signing.objects.filter(person_id=person_id).values("card_id")
    theirs = Q(person_id=person_id, delivered_at__isnull=False)
    others = (Q(pk__in=asked) | Q(organizer_id=person_id)) & ~Q(person_id=person_id) & Q(dropped_at__isnull=True)
    rows = GroupCard.objects.filter(theirs | others).select_related("person", "organizer")
    counted = Count("signings", filter=Q(signings__signed_at__isnull=False, signings__hidden_at__isnull=True))
    return rows.annotate(signed=counted, asked=Count("signings")).order_by("-due_at", "-id")


def to_sign(*, person_id: int) -> QuerySet[Signing]:
    """Return the cards that wait for one's words, the next to go out first."""
    rows = Signing.objects.filter(
        person_id=person_id, signed_at=None, card__delivered_at=None, card__dropped_at=None
    ).select_related("card__person")  # fmt: skip
    return rows.order_by("card__due_at", "id")


def signings_of(card: GroupCard, *, hidden: bool) -> list[Signing]:
    """Return who signed, in that order; what the organizer took out only where `hidden`."""
    rows = card.signings.filter(signed_at__isnull=False).select_related("person").order_by("signed_at", "id")
    return list(rows if hidden else rows.filter(hidden_at=None))


def signing_of(card: GroupCard, *, person_id: int) -> Signing | None:
    """Return the place of a person on a card, None where they are not asked."""
    return card.signings.filter(person_id=person_id).select_related("card", "card__person").first()


def day_for(*, person: Person, kind: str, day: date) -> date | None:
    """Return the next day of the kind within two months that others may know of, None where there is none.

    A birthday is known where the person shows it to their team, a farewell where the last day is recorded.
    """
    days = days_between(day + timedelta(days=1), day + AHEAD)
    if kind == CardKind.BIRTHDAY:
        among = Person.objects.filter(pk=person.pk)
        return next((each for each in days if birthdays_among(people=among, day=each, ahead=0)), None)
    ties = Tie.objects.filter(person=person, kind=TieKind.EMPLOYEE, since__lte=day).exclude(until__lt=day)
    if kind == CardKind.LEAVING:
        last = ties.filter(until__range=(days[0], days[-1])).order_by("until").values_list("until", flat=True).first()
        return last if not ties.filter(until=None).exists() else None
    sinces = set(ties.values_list("since", flat=True))
    return next((each for each in days for one in anniversaries_on(each, every=1) if one.since in sinces), None)
