"""The tables of messaging."""

from kith.messaging.deliveries.models import Delivery, Message, SupersededAcknowledgement

__all__ = ["Delivery", "Message", "SupersededAcknowledgement"]
