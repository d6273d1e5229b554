"""Writes of nudges: made from deliveries; devices and numbers of a person."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import phonenumbers
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kith.kernel import outbound
from kith.kernel.languages import django_code
from kith.kernel.refusals import BadInput, Refusal
from kith.messaging.deliveries.models import Channel, Delivery, Message, MessageClass, Severity
from kith.messaging.deliveries.rendering import Rendering, render
from kith.messaging.links.tokens import ACKNOWLEDGE, DeliveryLink, link_for
from kith.messaging.nudges import sms
from kith.messaging.nudges.encryption import check_keys
from kith.messaging.nudges.models import Nudge, NudgeState, Number, PushDevice
from kith.messaging.nudges.words import PUSH_BODY, shortened
from kith.messaging.nudges.words import sms as sms_of
from kith.people.organizations.queries import company
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids

BATCH = 500
MOST_DEVICES = 10
CODE_LIVES = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 3
"""Codes a person may ask for in an hour."""


def any_way() -> bool:
    """Say whether anybody has a device or a number; two short queries."""
    return PushDevice.objects.exists() or Number.objects.filter(confirmed_at__isnull=False).exists()


def make_nudges(*, message_id: int, after: int, upto: int, at: datetime) -> int:
    """Make the nudges of deliveries to persons with keys above `after` up to `upto`; return how many are new.

    A push goes to every device of a person; an urgent message goes to devices beside any other channel.
    """
    message = Message.objects.get(pk=message_id)
    urgent = message.severity >= Severity.URGENT
    wanted = Q(channel=Channel.SMS) | Q(channel=Channel.PUSH)
    if urgent:
        wanted |= Q(person_id__in=PushDevice.objects.values("person_id"))
    made = 0
    while rows := list(
        Delivery.objects.filter(wanted, message_id=message_id, person_id__gt=after, person_id__lte=upto)
        .order_by("person_id")[:BATCH]
    ):  # fmt: skip
        after = rows[-1].person_id
        made += _make(rows, message, at=at)
    return made


def _make(rows: list[Delivery], message: Message, *, at: datetime) -> int:
    ids = [row.person_id for row in rows]
    people = by_ids(ids=ids)
    devices: dict[int, list[PushDevice]] = {}
    for device in PushDevice.objects.filter(person_id__in=ids):
        devices.setdefault(device.person_id, []).append(device)
    numbers = dict(
        Number.objects.filter(person_id__in=ids, confirmed_at__isnull=False).values_list("person_id", "e164")
    )
    ours = company()
    nudges = [
        nudge
        for row in rows
        if (person := people.get(row.person_id)) is not None
        for nudge in _of(
            row,
            message,
            person,
            devices.get(person.pk, []),
            numbers.get(person.pk, ""),
            ours.name if ours else "Kith",
            at=at,
        )
    ]
    before = Nudge.objects.filter(delivery_id__in=[row.pk for row in rows]).count()
    Nudge.objects.bulk_create(nudges, ignore_conflicts=True)
    return Nudge.objects.filter(delivery_id__in=[row.pk for row in rows]).count() - before


def _link(row: Delivery, message: Message, text: Rendering, *, at: datetime) -> str:
    if message.needs_acknowledgement:
        return link_for(DeliveryLink(ACKNOWLEDGE, row.pk, row.person_id, text.sha256), at=at)
    return f"{settings.KITH_URL}/inbox/{message.public_id}/"


def _of(
    row: Delivery,
    message: Message,
    person: Person,
    devices: Iterable[PushDevice],
    number: str,
    sender: str,
    *,
    at: datetime,
) -> list[Nudge]:
    """Return the nudges of one delivery."""
    text = render(message, language=person.language)
    with translation.override(django_code(person.language)), timezone.override(person.zone):
        common = {
            "delivery_id": row.pk, "person_id": person.pk, "message_class": message.message_class,
            "urgent": message.severity >= Severity.URGENT, "next_try": row.hold_until or at, "created_at": at,
        }  # fmt: skip
        if row.channel == Channel.SMS and number:
            words = sms_of(text, sender=sender, link=_link(row, message, text, at=at))
            state = NudgeState.WAITING if sms.is_real() else NudgeState.KEPT
            return [
                Nudge(
                    channel=Channel.SMS, number=number, title=text.title[:200], text=words[:600], state=state, **common
                )
            ]
        title = f"{_('Drill')}: {text.title}" if message.drill else text.title
        return [
            Nudge(
                channel=Channel.PUSH, device_id=device.pk, title=title[:200], text=shortened(text.body, PUSH_BODY),
                link=f"{settings.KITH_URL}/inbox/{message.public_id}/", **common,
            )
            for device in devices
        ]  # fmt: skip


def add_device(*, person: Person, endpoint: str, p256dh: str, auth: str, label: str, at: datetime) -> PushDevice:
    """Let a browser be told; the same one again is the same device, whoever is signed in there now.

    `BadInput` for an address that is not the open internet's or keys that are none.
    """
    parts = urlsplit(endpoint)
    try:
        trusted = outbound.is_trusted((parts.hostname or "").lower(), parts.port or 443)
    except ValueError:
        trusted = False
    if len(endpoint) > outbound.LONGEST or not (parts.scheme == "https" or trusted) or not parts.hostname:
        raise BadInput(_("This device cannot be told: its address is none of a push service."), field="endpoint")
    try:
        check_keys(p256dh=p256dh, auth=auth)
    except ValueError as error:
        raise BadInput(_("This device cannot be told: its keys are none."), field="p256dh") from error
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        others = PushDevice.objects.filter(person=person).exclude(endpoint=endpoint)
        if others.count() >= MOST_DEVICES:
            raise Refusal(_("At most %d devices can be told. Remove one first.") % MOST_DEVICES)
        name = " ".join(label.replace("\0", "").split())[:80] or _("A browser")
        made, _new = PushDevice.objects.update_or_create(
            endpoint=endpoint,
            defaults={"person": person, "p256dh": p256dh, "auth": auth, "label": name, "created_at": at},
        )
    return made


def remove_device(*, person_id: int, public_id: str) -> None:
    """Tell a device of one's own no more; one that is not there changes nothing."""
    PushDevice.objects.filter(person_id=person_id, public_id=public_id).delete()


def e164(typed: str, *, country: str = "") -> str:
    """Return a mobile number in E.164 form (`+84912345678`); `BadInput` for what is no possible number."""
    try:
        number = phonenumbers.parse(typed.strip()[:40], country or None)
    except phonenumbers.NumberParseException as error:
        raise BadInput(_("Write the number with its country code, such as +84 912 345 678."), field="number") from error
    if not phonenumbers.is_valid_number(number):
        raise BadInput(_("There is no such number."), field="number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _hashed(code: str, person_id: int) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"kith.sms:{person_id}:{code}".encode(), hashlib.sha256).hexdigest()


def set_number(*, person: Person, typed: str, at: datetime) -> Number:
    """Keep a number and send a code to it; it is used once the code was typed back."""
    number = e164(typed)
    lately = Nudge.objects.filter(
        person_id=person.pk, channel=Channel.SMS, delivery_id=None, created_at__gt=at - timedelta(hours=1)
    )
    if lately.count() >= MOST_CODES:
        raise Refusal(_("Three codes were sent within an hour. Please wait a little."))
    code = f"{secrets.randbelow(1_000_000):06}"
    with transaction.atomic(), translation.override(django_code(person.language)):
        kept, _new = Number.objects.update_or_create(
            person=person,
            defaults={
                "e164": number, "confirmed_at": None, "code_hash": _hashed(code, person.pk),
                "code_until": at + CODE_LIVES, "tries": 0,
            },
        )  # fmt: skip
        Nudge.objects.create(
            person_id=person.pk, channel=Channel.SMS, number=number, title=_("Your code"), urgent=True,
            text=_("Your code is %s. It works for ten minutes.") % code, message_class=MessageClass.TRANSACTIONAL,
            state=NudgeState.WAITING if sms.is_real() else NudgeState.KEPT, next_try=at, created_at=at,
        )  # fmt: skip
    return kept


def confirm_number(*, person_id: int, code: str, at: datetime) -> Number:
    """Confirm a number by the code that was sent to it; five wrong ones use it up."""
    with transaction.atomic():
        number = Number.objects.select_for_update().filter(person_id=person_id, confirmed_at=None).first()
        usable = number is not None and number.code_until is not None and at <= number.code_until
        if number is None or not usable or number.tries >= MOST_TRIES:
            raise BadInput(_("This code is over. Ask for a new one."), field="code")
        right = hmac.compare_digest(number.code_hash, _hashed(re.sub(r"\D", "", code)[:6], person_id))
        number.tries += 1
        if right:
            number.confirmed_at, number.code_hash, number.code_until = at, "", None
        number.save()
    if not right:
        raise BadInput(_("This is not the code that was sent."), field="code")
    return number


def forget_number(*, person_id: int) -> None:
    """Forget a person's number."""
    Number.objects.filter(person_id=person_id).delete()
