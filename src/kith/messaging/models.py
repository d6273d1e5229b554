"""The tables of messaging."""

from kith.messaging.consents.models import Consent, Reach
from kith.messaging.deliveries.models import Delivery, Message, SupersededAcknowledgement
from kith.messaging.mail.models import MailOut
from kith.messaging.webhooks.models import Endpoint, Sending

__all__ = ["Consent", "Delivery", "Endpoint", "MailOut", "Message", "Reach", "Sending", "SupersededAcknowledgement"]
