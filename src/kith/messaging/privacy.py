"""What messaging keeps on a person: messages and mails, what was acknowledged, and what one wants to get."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kith.messaging.bounces.models import Bounce
from kith.messaging.consents.models import Consent, ConsentEntry, DigestChoice, Reach
from kith.messaging.deliveries.models import Delivery, Message, SupersededAcknowledgement
from kith.messaging.digests.models import DigestEntry
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.nudges.models import Nudge, NudgeState, Number, PushDevice
from kith.messaging.suppressions.models import Suppression
from kith.messaging.webhooks.models import Endpoint, Sending
from kith.messaging.wording.models import WordingVersion
from kith.people.privacy.queries import subjects_of
from kith.people.privacy.shelf import HOLDINGS, Erased, Kept, Part, Retention
from kith.people.privacy.tables import Table, Tables, plain
from kith.people.privacy.traces import MARK

MAIL_DAYS = 90
MESSAGES_DAYS = 3 * 365
_PROOF = Kept(
    _("That each message went out and what was acknowledged when: identifiers and times, no words of yours."),
    "GDPR art. 17(3)(e)",
)


def _mine_alone(person_id: int) -> list[int]:
    """Return the messages that went to this person and to nobody else, by key."""
    to_me = Delivery.objects.filter(message_id=OuterRef("pk"), person_id=person_id)
    counted = Message.objects.filter(Exists(to_me), where="").annotate(number=Count("deliveries"))
    return list(counted.filter(number=1).values_list("pk", flat=True))


def _empty(person_id: int, _at: datetime) -> Erased:
    """Empty what was said to this person alone, and what was said to others about the person's own matters."""
    mine = _mine_alone(person_id)
    about = subjects_of(person_id=person_id)
    messages = Message.objects.filter(Q(pk__in=mine) | Q(about__in=about))
    keys = list(messages.values_list("pk", flat=True))
    deliveries = Delivery.objects.filter(message_id__in=keys).values_list("pk", flat=True)
    mails = MailOut.objects.filter(delivery_id__in=list(deliveries)).exclude(person_id=person_id)
    mailed = mails.update(subject=MARK, text=MARK, html=MARK)
    reasons = Delivery.objects.filter(person_id=person_id, remark__isnull=False).update(remark=None)
    emptied = messages.update(title={"en": MARK}, body={"en": MARK}, link="", dedupe_key=None, earlier=None)
    return Erased(emptied + mailed + reasons)


def _message_parts(person_id: int) -> tuple[Part, ...]:
    rows = Delivery.objects.filter(person_id=person_id).select_related("message").order_by("-pk")
    said = [
        {
            "at": plain(row.message.at), "title": plain(row.message.title), "body": plain(row.message.body),
            "opened_at": plain(row.opened_at), "acknowledged_at": plain(row.acknowledged_at),
            "seen_sha256": row.seen_sha256 or "", "language": row.seen_language or "", "via": row.via or "",
            "answer": row.answer, "reason": row.remark or "", "joined_at": plain(row.joined_at),
        }
        for row in rows
    ]  # fmt: skip
    return (Part("messaging.delivery", _("Messages to me"), said),)


def _forget_mails(at: datetime) -> int:
    over = MailOut.objects.filter(created_at__lt=at - timedelta(days=MAIL_DAYS)).exclude(state=MailState.WAITING)
    return over.delete()[0]


def _forget_nudges(at: datetime) -> int:
    over = Nudge.objects.filter(created_at__lt=at - timedelta(days=MAIL_DAYS)).exclude(state=NudgeState.WAITING)
    return over.delete()[0]


def _forget_bounces(at: datetime) -> int:
    return Bounce.objects.filter(at__lt=at - timedelta(days=365)).delete()[0]


def _empty_old(at: datetime) -> int:
    """Empty messages to one person after three years: that one went out stays, what it said does not."""
    alone = Delivery.objects.filter(message_id=OuterRef("pk")).values("message_id").annotate(n=Count("pk"))
    old = Message.objects.filter(
        Exists(alone.filter(n=1)), where="", needs_acknowledgement=False, at__lt=at - timedelta(days=MESSAGES_DAYS)
    )
    return old.exclude(title={"en": MARK}).update(title={"en": MARK}, body={"en": MARK}, earlier=None, link="")


HOLDINGS.put(
    "messaging.mails",
    Tables(
        label=_("Mails to you, with their text and the address they went to."),
        tables=(
            Table(
                MailOut,
                _("Mails to me"),
                ("address", "subject", "text", "html", "state", "error", "created_at", "sent_at"),
                deletes=True,
            ),
        ),
        refers={MailOut: ("delivery_id", "wording")},
        free={MailOut: ("subject", "text", "html", "address", "error")},
        retentions=(Retention(_("Mails are deleted 90 days after they were written."), _forget_mails),),
    ),
)
HOLDINGS.put(
    "messaging.messages",
    Tables(
        label=_("Messages to you, when you opened them, and what you acknowledged."),
        tables=(
            Table(Delivery, _("Messages to me"), (), keeps=_PROOF),
            Table(
                SupersededAcknowledgement,
                _("Earlier texts I acknowledged"),
                ("version", "seen_sha256", "seen_language", "acknowledged_at", "answer", "superseded_at"),
            ),
        ),
        refers={
            Delivery: ("message", "reason", "seen_sha256", "seen_language", "via"),
            Message: ("sender_id", "about", "link", "dedupe_key", "where", "params", "wording"),
            SupersededAcknowledgement: ("message",),
        },
        free={Message: ("title", "body", "options", "earlier"), Delivery: ("remark",)},
        parts=_message_parts,
        also=_empty,
        retentions=(Retention(_("What a message to you alone said is deleted after three years."), _empty_old),),
    ),
)
HOLDINGS.put(
    "messaging.consents",
    Tables(
        label=_("Which messages you want and which you refused, with when and where you said so."),
        tables=(
            Table(
                Consent,
                _("What I want to get"),
                ("message_class", "given", "at", "source", "text_version"),
                deletes=True,
            ),
            Table(
                Reach,
                _("When and how I am reached"),
                ("day_begins", "day_ends", "service_by_mail", "push_first", "digest_hour", "digest_weekday"),
                deletes=True,
            ),
            Table(
                ConsentEntry,
                _("What I said on what I want to get"),
                ("message_class", "given", "at", "source", "text_version", "words", "language"),
                deletes=True,
            ),
            Table(DigestChoice, _("What I want told together"), ("message_class", "every"), deletes=True),
        ),
        refers={ConsentEntry: ("by_id",)},
    ),
)
HOLDINGS.put(
    "messaging.webhooks",
    Tables(
        label=_("Which other systems are told of what happened: they get identifiers only."),
        refers={
            Endpoint: ("created_by_id", "url", "kinds", "secret", "previous_secret"),
            Sending: ("kind", "error"),
        },
        free={Endpoint: ("label",)},
    ),
)
HOLDINGS.put(
    "messaging.wording",
    Tables(
        label=_("Who wrote and released the words of automatic messages."),
        refers={WordingVersion: ("code", "made_by_id", "activated_by_id")},
        free={WordingVersion: ("title", "body")},
    ),
)
HOLDINGS.put(
    "messaging.devices",
    Tables(
        label=_("Devices and a number on which you are told, and what was sent there."),
        tables=(
            Table(PushDevice, _("Devices I am told on"), ("label", "created_at", "reached_at"), deletes=True),
            Table(Number, _("My mobile number"), ("e164", "confirmed_at"), deletes=True),
            Table(
                Nudge,
                _("Pushes and SMS to me"),
                ("title", "text", "number", "state", "created_at", "sent_at"),
                deletes=True,
            ),
            Table(DigestEntry, _("What waits for my summary"), ("due_at", "done_at"), deletes=True),
        ),
        refers={
            PushDevice: ("endpoint", "p256dh", "auth"),
            Number: ("code_hash",),
            Nudge: ("delivery_id", "device_id", "message_class"),
            DigestEntry: ("delivery_id", "mail_id"),
        },
        free={Nudge: ("title", "text", "link", "number", "error"), PushDevice: ("label",)},
        retentions=(Retention(_("Pushes and SMS are deleted 90 days after they were written."), _forget_nudges),),
    ),
)
HOLDINGS.put(
    "messaging.bounces",
    Tables(
        label=_("Mails to you that came back, and whether your address takes mail."),
        tables=(
            Table(Bounce, _("Mails that came back"), ("address", "kind", "status", "said", "at"), deletes=True),
            Table(
                Suppression,
                _("Whether my address takes mail"),
                ("address", "reason", "detail", "since", "until", "released_at"),
                deletes=True,
            ),
        ),
        refers={Bounce: ("mail_id",), Suppression: ("released_by_id",)},
        free={Bounce: ("address", "said"), Suppression: ("address", "detail")},
        retentions=(Retention(_("Reports of mails that came back are deleted after a year."), _forget_bounces),),
    ),
)
