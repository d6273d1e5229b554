"""Writes of what came back: only a report about a mail of ours, to the address it went to, changes anything."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.messaging.bounces import parsing
from kith.messaging.bounces.models import Bounce
from kith.messaging.bounces.parsing import Kind, Report
from kith.messaging.consents.actions import say
from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.rerouting import take_next_channel
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.mail.returnpath import mail_in
from kith.messaging.suppressions.actions import suppress
from kith.messaging.suppressions.models import Reason, Suppression

SOFT_DAYS = 3
"""On so many different days a mailbox may fail before mail to it rests."""
SOFT_WITHIN = timedelta(days=14)
SOFT_RESTS = timedelta(days=30)
BELIEVED_FOR = timedelta(days=30)
_STATES = (MailState.SENT, MailState.RETURNED)


class Outcome(StrEnum):
    """What became of a report."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    KNOWN = "known"
    UNKNOWN = "unknown"


def take_in(*, raw: bytes, at: datetime) -> list[Outcome]:
    """Take a report in; one outcome for each recipient it names. `BadInput` for what is no report of a failure.

    `UNKNOWN`: it is about no mail that we sent within 30 days to that address, so it changes nothing.
    """
    reports = parsing.read(raw)
    if not reports:
        raise BadInput(_("This is no report of a mail that came back (RFC 3464)."), field="report")
    return [_take_in(report, at=at) for report in reports]


def _mail_of(report: Report, *, at: datetime) -> MailOut | None:
    """Return the mail a report is about, its row locked; None for one that is forged, old or not ours."""
    signed = mail_in(report.arrived_at)
    wanted = signed or report.mail
    if wanted is None:
        return None
    sent = MailOut.objects.filter(public_id=wanted, state__in=_STATES, sent_at__gt=at - BELIEVED_FOR)
    mail = sent.select_for_update().first()
    if mail is None or (signed is None and mail.address.casefold() not in report.recipients):
        return None
    return mail


def _take_in(report: Report, *, at: datetime) -> Outcome:
    with transaction.atomic():
        mail = _mail_of(report, at=at)
        if mail is None:
            return Outcome.UNKNOWN
        _row, is_new = Bounce.objects.get_or_create(
            mail_id=mail.pk,
            kind=report.kind.value,
            day=at.date(),
            defaults={
                "person_id": mail.person_id, "address": mail.address.casefold(), "status": report.status,
                "said": report.said, "at": at,
            },
        )  # fmt: skip
        if not is_new:
            return Outcome.KNOWN
        _follow(mail, report, at=at)
    return Outcome(report.kind.value)


def _follow(mail: MailOut, report: Report, *, at: datetime) -> None:
    words = f"{report.status} {report.said}".strip()
    if report.kind == Kind.COMPLAINT:
        _heed(mail, at=at)
        return
    MailOut.objects.filter(pk=mail.pk).update(state=MailState.RETURNED, error=words[:300])
    if report.kind == Kind.HARD:
        suppress(address=mail.address, person_id=mail.person_id, reason=Reason.HARD, detail=words, at=at)
    elif _soft_days(mail.address, at=at) >= SOFT_DAYS:
        until = at + SOFT_RESTS
        suppress(address=mail.address, person_id=mail.person_id, reason=Reason.SOFT, detail=words, at=at, until=until)
    if mail.delivery_id is not None:
        take_next_channel(delivery_id=mail.delivery_id, at=at)


def _heed(mail: MailOut, *, at: datetime) -> None:
    """Take a complaint for a no: to the class where it may be refused, else to all mail at that address."""
    if mail.message_class in REFUSABLE and mail.person_id is not None:
        say(person_id=mail.person_id, message_class=mail.message_class, given=False, source="complaint", at=at)
    else:
        suppress(address=mail.address, person_id=mail.person_id, reason=Reason.COMPLAINT, detail="", at=at)


def _soft_days(address: str, *, at: datetime) -> int:
    since = at.date() - SOFT_WITHIN
    found = Bounce.objects.filter(address=address.casefold(), kind=Kind.SOFT, day__gt=since)
    last = Suppression.objects.filter(address=address.casefold(), released_at__isnull=False).order_by("-id").first()
    if last is not None and last.released_at is not None:
        found = found.filter(at__gt=last.released_at)  # whoever released it begins anew
    return found.values("day").distinct().count()
