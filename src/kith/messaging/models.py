"""The tables of messaging."""

from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.models import Delivery, Message, SupersededAcknowledgement
from kith.messaging.mail.models import MailOut

__all__ = ["Consent", "Delivery", "MailOut", "Message", "SupersededAcknowledgement"]
