"""Sending: lease, send outside of any transaction, mark.

A crash between the server's 250 and our mark sends one mail again, with the same Message-ID. 4xx answers and
lost connections are tried again for more than four days; a 5xx is final and named on the outbox desk. A server
that cannot be reached costs no mail an attempt: it waits until the server is back, six days at most.
"""

import logging
import smtplib
import time
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from kith.kernel.switches import is_muted
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.rerouting import take_next_channel
from kith.messaging.mail import smtp
from kith.messaging.mail.composing import compose, recipient
from kith.messaging.mail.keys import cut
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.mail.returnpath import return_path
from kith.messaging.suppressions import actions as suppressions
from kith.messaging.suppressions.codes import is_hard, status_in
from kith.messaging.suppressions.models import Reason, Suppression

BATCH = 50
BATCH_LASTS = 5.0  # seconds, then urgent mails that came meanwhile go first
LEASE = timedelta(minutes=3)  # longer than a batch and one mail to a server that is slow at every step
HONEST = 2 * LEASE  # the furthest end of a lease; the clocks of two senders may differ by one lease
FINAL = 500
MOST_ATTEMPTS = 30
UNREACHABLE = timedelta(minutes=1)
GIVE_UP = timedelta(days=6)
_log = logging.getLogger("kith.mail")


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 1 minute, doubling, at most 6 hours (30 last 6 days)."""
    return min(timedelta(minutes=2 ** max(attempts - 1, 0)), timedelta(hours=6))


def _refused(**who: object) -> Exists:
    return Exists(Consent.objects.filter(given=False, **who))


def _unreachable_address(at: datetime) -> Exists:
    """Say in SQL whether the address of a mail gets no mail; one-time links, which belong to no delivery, try all."""
    stands = Q(until__isnull=True) | Q(until__gt=at)
    return Exists(Suppression.objects.filter(stands, address=Lower(OuterRef("address")), released_at=None))


def lease(*, at: datetime) -> list[MailOut]:
    """Take the next mails, urgent ones first, then by their hour; those refused or out of reach since are dropped.

    A lease that ends later than any honest one was taken before the clock was set back: it does not count.
    """
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at) | Q(leased_until__gt=at + HONEST)
    refused = _refused(person_id=OuterRef("person_id"), message_class=OuterRef("message_class"))
    while True:
        with transaction.atomic():
            found = list(
                MailOut.objects.filter(free, state=MailState.WAITING, next_try__lte=at)
                .annotate(refused=refused, lost=_unreachable_address(at))
                .select_for_update(skip_locked=True, of=("self",))
                .order_by("-urgent", "next_try", "id")[:BATCH]
            )
            lost = {mail.pk: mail.delivery_id for mail in found if mail.delivery_id is not None and mail.lost}
            dropped = {mail.pk for mail in found if mail.message_class in REFUSABLE and mail.refused} | set(lost)
            MailOut.objects.filter(pk__in=dropped).update(state=MailState.DROPPED)
            for delivery_id in lost.values():
                take_next_channel(delivery_id=delivery_id, at=at)
            mails: list[MailOut] = [mail for mail in found if mail.pk not in dropped]
            MailOut.objects.filter(pk__in=[mail.pk for mail in mails]).update(leased_until=at + LEASE)
        if mails or not found:
            return mails


def send_batch(*, at: datetime) -> int:
    """Send the next mails over one connection; return how many were tried, 0 when nothing may or can go."""
    if settings.KITH_MAIL is None or is_muted():
        return 0
    mails = lease(at=at)
    if not mails:
        return 0
    try:
        connection = smtp.connect(settings.KITH_MAIL)
    except (OSError, smtplib.SMTPException) as error:
        _unreachable(mails, error, at=at)
        return 0
    tried, until = 0, time.monotonic() + BATCH_LASTS
    for mail in mails:
        tried += 1
        if not _send_one(connection, mail, at=at) or time.monotonic() > until:
            break
    MailOut.objects.filter(pk__in=[mail.pk for mail in mails[tried:]]).update(leased_until=None)
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()
    return tried


def _send_one(connection: smtplib.SMTP, mail: MailOut, *, at: datetime) -> bool:
    """Send one mail and mark it; False when the connection is of no more use."""
    if mail.message_class in REFUSABLE and _refused_since(mail):
        return True
    try:
        connection.send_message(
            compose(mail),
            from_addr=return_path(mail.public_id) or None,
            to_addrs=[recipient(mail.address).addr_spec],
        )
    except smtplib.SMTPServerDisconnected as error:
        _later(mail, f"{type(error).__name__}: {error}", at=at)
        return False
    except smtplib.SMTPException as error:
        _answered(mail, error, at=at)
    except OSError as error:
        _later(mail, f"{type(error).__name__}: {error}", at=at)
        return False
    except Exception as error:  # noqa: BLE001  (one bad mail must not hold up the others, whatever is wrong with it)
        _final(mail, f"{type(error).__name__}: {error}")
    else:
        _mark_sent(mail, at=at)
        return True
    with suppress(smtplib.SMTPException, OSError):
        connection.rset()
    return connection.sock is not None


def _mark_sent(mail: MailOut, *, at: datetime) -> None:
    """Mark a mail that the server took; outside of a demo links that act for its reader are cut from what is kept."""
    kept = {} if settings.KITH_DEMO else {"text": cut(mail.text), "html": cut(mail.html)}
    MailOut.objects.filter(pk=mail.pk).update(
        state=MailState.SENT, sent_at=at, attempts=mail.attempts + 1, leased_until=None, error="", **kept
    )


def _refused_since(mail: MailOut) -> bool:
    """Drop a mail that was refused while it stood in this batch; say whether it was."""
    waiting = MailOut.objects.filter(pk=mail.pk, state=MailState.WAITING)
    refused = _refused(person_id=mail.person_id, message_class=mail.message_class)
    return waiting.filter(refused).update(state=MailState.DROPPED, leased_until=None) == 1


def _answered(mail: MailOut, error: smtplib.SMTPException, *, at: datetime) -> None:
    """Mark a mail that the server did not take: 4xx later, everything else for good."""
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        code, words = FINAL, f"{type(error).__name__}: {error}"
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code >= FINAL:
        _final(mail, said)
        _heed(mail, said, at=at)
    else:
        _later(mail, said, at=at)


def _heed(mail: MailOut, said: str, *, at: datetime) -> None:
    """Send no more to an address of which the server says, with an enhanced code, that there is none."""
    if is_hard(status_in(said)):
        suppressions.suppress(address=mail.address, person_id=mail.person_id, reason=Reason.HARD, detail=said, at=at)
        if mail.delivery_id is not None:
            take_next_channel(delivery_id=mail.delivery_id, at=at)


def _later(mail: MailOut, error: str, *, at: datetime) -> None:
    attempts = mail.attempts + 1
    MailOut.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED if attempts >= MOST_ATTEMPTS else MailState.WAITING,
        attempts=attempts, next_try=at + wait_after(attempts), leased_until=None, error=_words(error),
    )  # fmt: skip


def _final(mail: MailOut, error: str) -> None:
    MailOut.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED, attempts=mail.attempts + 1, leased_until=None, error=_words(error)
    )


def _unreachable(mails: list[MailOut], error: Exception, *, at: datetime) -> None:
    """Let mails wait for the server; those that have waited too long fail."""
    _log.warning("mail server: %s", type(error).__name__)
    ours = MailOut.objects.filter(pk__in=[mail.pk for mail in mails])
    ours.update(next_try=at + UNREACHABLE, leased_until=None, error=_words(f"{type(error).__name__}: {error}"))
    ours.filter(created_at__lte=at - GIVE_UP).update(state=MailState.FAILED)


def _words(error: str) -> str:
    return error.replace("\0", "")[:300]
