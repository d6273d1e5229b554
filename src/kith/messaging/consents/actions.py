"""Writes of consents: what a person wants, each word kept as proof; and how and when they are reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kith.kernel.facts import publish
from kith.kernel.languages import django_code, tag
from kith.kernel.refusals import BadInput
from kith.messaging.consents.facts import ConsentSaid
from kith.messaging.consents.models import Consent, ConsentEntry, DigestChoice, Every, Reach
from kith.messaging.deliveries.classes import DIGESTED, REFUSABLE
from kith.messaging.deliveries.models import MessageClass
from kith.people.persons.models import Person

TEXT_VERSION = "2"
SHORTEST_DAY = 4
"""Hours a day in which a person can be reached, whatever they choose."""
SHOWN: dict[tuple[str, bool], StrOrPromise] = {
    (MessageClass.SURVEY, True): gettext_lazy("Surveys by mail as well"),
    (MessageClass.SURVEY, False): gettext_lazy("No surveys by mail"),
    (MessageClass.MARKETING, True): gettext_lazy("Offers by mail as well"),
    (MessageClass.MARKETING, False): gettext_lazy("No offers by mail"),
}
"""The words a person says yes or no to, in version `TEXT_VERSION`."""


def say(
    *, person_id: int, message_class: str, given: bool, source: str, at: datetime, by_id: int | None = None
) -> bool:
    """Record what a person wants, with the words they were shown; False where they had said the same already.

    `source`: page, mail, complaint or desk; `by_id` who recorded it, None for the link in a mail. Safety, service
    and transactional messages cannot be refused.
    """
    if message_class not in REFUSABLE:
        raise BadInput(_("This kind of message always comes."), field="message_class")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        known = Consent.objects.filter(person=person, message_class=message_class).first()
        if known is not None and known.given == given:
            return False
        proof = {"given": given, "at": at, "source": source, "text_version": TEXT_VERSION}
        Consent.objects.update_or_create(person=person, message_class=message_class, defaults=proof)
        with translation.override(django_code(person.language)):
            words = str(SHOWN[message_class, given])
        ConsentEntry.objects.create(
            person=person, message_class=message_class, words=words, language=tag(person.language), by_id=by_id, **proof
        )
        publish(ConsentSaid(person_id, message_class, given, source, TEXT_VERSION), at=at, by_id=by_id or person_id)
    return True


@dataclass(frozen=True)
class Wish:
    """How and when a person wants to be reached; hours are of their own day, weekdays ISO (1: Monday)."""

    day_begins: int = 7
    day_ends: int = 21
    service_by_mail: bool = True
    push_first: bool = False
    digest_hour: int = 8
    digest_weekday: int = 1


def set_reach(*, person_id: int, wish: Wish) -> None:
    """Record in which hours of their own day messages may come, and by what."""
    if not (0 <= wish.day_begins < wish.day_ends <= 24):  # noqa: PLR2004  (hours of a day)
        raise BadInput(_("Your hours end before they begin."), field="day_ends")
    if wish.day_ends - wish.day_begins < SHORTEST_DAY:
        raise BadInput(_("Leave at least %d hours a day in which you can be reached.") % SHORTEST_DAY, field="day_ends")
    if not (0 <= wish.digest_hour <= 23 and 1 <= wish.digest_weekday <= 7):  # noqa: PLR2004  (hours and days)
        raise BadInput(_("Choose an hour and a day for your summary."), field="digest_hour")
    Reach.objects.update_or_create(person_id=person_id, defaults=vars(wish))


def set_digests(*, person_id: int, every: Mapping[str, str]) -> None:
    """Record which classes a person wants told together ("daily", "weekly"); "" is at once. Urgent ones never wait."""
    for message_class, often in every.items():
        if message_class not in DIGESTED or often not in {"", *Every.values}:
            raise BadInput(_("This kind of message comes at once."), field=message_class)
    with transaction.atomic():
        for message_class, often in every.items():
            if often:
                DigestChoice.objects.update_or_create(
                    person_id=person_id, message_class=message_class, defaults={"every": often}
                )
            else:
                DigestChoice.objects.filter(person_id=person_id, message_class=message_class).delete()
