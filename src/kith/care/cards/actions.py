"""Writes of group cards: begun by a colleague, signed, looked over by the organizer, and delivered once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.care.cards import wording
from kith.care.cards.models import CardKind, GroupCard, Signing
from kith.care.cards.queries import day_for
from kith.care.mutes.queries import muted
from kith.care.preferences.queries import refusers, wishes_of
from kith.care.programmes.exits import must_leave
from kith.kernel.clock import at_local, local_date
from kith.kernel.drawings.motifs import Motif
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.messaging.deliveries.actions import send_message
from kith.people.persons.models import BirthdayVisibility, Person
from kith.people.ties.queries import colleagues

HOUR = 9
LONGEST = 500


def begin(*, person: Person, kind: str, organizer: Person, at: datetime) -> GroupCard:
    """Begin a card for a colleague's next day of the kind, and ask the colleagues of their unit to sign; once a day.

    The sentence of a refusal is one and the same, whatever stands against it: nobody learns who hides a birthday,
    wants no care, or is left alone.
    """
    if kind not in CardKind.values:
        raise BadInput(_("Choose what the card is for."), field="kind")
    today = local_date(at, person.zone)
    mates = colleagues(person_id=person.pk, day=today)
    day = day_for(person=person, kind=kind, day=today)
    if day is None or person.pk == organizer.pk or not mates.filter(pk=organizer.pk).exists() or _quiet(person, day):
        raise Refusal(_("A card can be begun for a colleague of your unit whose day is near and known to you."))
    wishes = wishes_of(person_id=person.pk)
    hour = wishes.hour if wishes and wishes.hour is not None else HOUR
    with transaction.atomic():
        card, fresh = GroupCard.objects.get_or_create(
            person=person, kind=kind, day=day,
            defaults={"organizer": organizer, "due_at": at_local(day, hour, 0, person.zone), "made_at": at},
        )  # fmt: skip
        if fresh:
            asked = [Signing(card=card, person=mate) for mate in mates]
            Signing.objects.bulk_create(asked)
            others = [each.person_id for each in asked if each.person_id != organizer.pk]
            send_message(message=wording.asks(card), to=others, at=at)
    return card


def _quiet(person: Person, day: date) -> bool:
    return bool(refusers(person_ids=[person.pk]) | muted(person_ids=[person.pk], day=day))


def sign(*, signing: Signing, words: str, motif: str, at: datetime) -> Signing:
    """Write on a card, or write it anew; too late where the card has gone out."""
    said = " ".join(words.replace("\0", "").split())
    if not said or len(said) > LONGEST:
        raise BadInput(_("Write something, in at most %d characters.") % LONGEST, field="words")
    if motif and motif not in set(Motif):
        raise BadInput(_("Choose one of the pictures."), field="motif")
    with transaction.atomic():
        card = GroupCard.objects.select_for_update().get(pk=signing.card_id)
        if card.delivered_at is not None:
            raise Refusal(_("The card has already been handed over. Tell it in person, that is as good."))
        if card.dropped_at is not None:
            raise Refusal(_("This card does not go out."))
        kept = Signing.objects.get(pk=signing.pk)
        kept.words, kept.motif, kept.signed_at, kept.hidden_at = said, motif, at, None
        kept.save()
    return kept


def hide(*, signing: Signing, by: Person, hidden: bool, at: datetime) -> Signing:
    """Take words out of a card before it goes out, or put them back; only its organizer may."""
    with transaction.atomic():
        card = GroupCard.objects.select_for_update().get(pk=signing.card_id)
        if card.organizer_id != by.pk:
            raise NotAllowed(_("Only whoever keeps the card may take words out."))
        if card.delivered_at is not None:
            raise Refusal(_("The card has already been handed over."))
        Signing.objects.filter(pk=signing.pk).update(hidden_at=at if hidden else None)
    signing.refresh_from_db()
    return signing


def deliver_due(*, at: datetime) -> int:
    """Hand over every card whose hour has come, once each; return how many.

    A card is dropped without a word where nobody signed, or where its person refuses, is left alone, has left, or
    hides the birthday by now.
    """
    given = 0
    while True:
        with transaction.atomic():
            rows = GroupCard.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
            card = rows.filter(delivered_at=None, dropped_at=None, due_at__lte=at).order_by("due_at", "id").first()
            if card is None:
                return given
            given += _hand_over(card, at=at)


def _hand_over(card: GroupCard, *, at: datetime) -> bool:
    signed = card.signings.filter(signed_at__isnull=False, hidden_at=None).count()
    hidden = card.kind == CardKind.BIRTHDAY and card.person.birthday_visibility == BirthdayVisibility.NOBODY
    if not signed or hidden or must_leave(person_ids=[card.person_id], at=at):
        card.dropped_at = at
        card.save(update_fields=["dropped_at"])
        return False
    card.delivered_at = at
    card.save(update_fields=["delivered_at"])
    send_message(message=wording.hands_over(card), to=[card.person_id], at=at)
    return True
