"""The tables of messaging."""

from kith.messaging.bounces.models import Bounce
from kith.messaging.consents.models import Consent, ConsentEntry, DigestChoice, Reach
from kith.messaging.conversations.models import (
    Block,
    Conversation,
    Handover,
    Keeping,
    Manners,
    Member,
    Post,
    PostFile,
    Report,
    Topic,
    Turned,
)
from kith.messaging.deliveries.models import Delivery, Message, SupersededAcknowledgement
from kith.messaging.digests.models import DigestEntry
from kith.messaging.mail.models import MailOut
from kith.messaging.nudges.models import Nudge, Number, PushDevice
from kith.messaging.suppressions.models import Suppression
from kith.messaging.webhooks.models import Endpoint, Sending
from kith.messaging.wording.models import WordingVersion

__all__ = [
    "Block",
    "Bounce",
    "Consent",
    "ConsentEntry",
    "Conversation",
    "Delivery",
    "DigestChoice",
    "DigestEntry",
    "Endpoint",
    "Handover",
    "Keeping",
    "MailOut",
    "Manners",
    "Member",
    "Message",
    "Nudge",
    "Number",
    "Post",
    "PostFile",
    "PushDevice",
    "Reach",
    "Report",
    "Sending",
    "SupersededAcknowledgement",
    "Suppression",
    "Topic",
    "Turned",
    "WordingVersion",
]
