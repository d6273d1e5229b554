"""Writes of consents."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.messaging.consents.facts import ConsentSaid
from kith.messaging.consents.models import Consent, Reach
from kith.messaging.deliveries.models import MessageClass

REFUSABLE = (MessageClass.SURVEY, MessageClass.MARKETING)
TEXT_VERSION = "1"
SHORTEST_DAY = 4
"""Hours a day in which a person can be reached, whatever they choose."""


def say(*, person_id: int, message_class: str, given: bool, source: str, at: datetime) -> None:
    """Record what a person wants; safety and transactional messages cannot be refused."""
    if message_class not in REFUSABLE:
        raise BadInput(_("This kind of message always comes."), field="message_class")
    with transaction.atomic():
        known = Consent.objects.filter(person_id=person_id, message_class=message_class).first()
        if known is not None and known.given == given:
            return
        Consent.objects.update_or_create(
            person_id=person_id,
            message_class=message_class,
            defaults={"given": given, "at": at, "source": source, "text_version": TEXT_VERSION},
        )
        said = ConsentSaid(person_id, message_class, given, source, TEXT_VERSION)
        publish(said, at=at, by_id=person_id)


def set_reach(*, person_id: int, day_begins: int, day_ends: int, service_by_mail: bool) -> None:
    """Record in which hours of their own day mail may come, and whether what concerns daily work comes by mail."""
    if not (0 <= day_begins < day_ends <= 24):  # noqa: PLR2004  (hours of a day)
        raise BadInput(_("Your hours end before they begin."), field="day_ends")
    if day_ends - day_begins < SHORTEST_DAY:
        raise BadInput(_("Leave at least %d hours a day in which you can be reached.") % SHORTEST_DAY, field="day_ends")
    Reach.objects.update_or_create(
        person_id=person_id,
        defaults={"day_begins": day_begins, "day_ends": day_ends, "service_by_mail": service_by_mail},
    )
