"""Writes of consents."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.messaging.consents.facts import ConsentSaid
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.models import MessageClass

REFUSABLE = (MessageClass.SURVEY, MessageClass.MARKETING)
TEXT_VERSION = "1"


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
