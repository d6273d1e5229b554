"""Sending: lease, send outside of any transaction, mark.

A crash between the server's 250 and our mark sends one mail again, with the same Message-ID. 4xx answers and
lost connections are tried again for more than four days; a 5xx is final and named on the outbox desk.
"""

import logging
import smtplib
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from kith.kernel.switches import is_muted
from kith.messaging.consents.actions import REFUSABLE
from kith.messaging.consents.models import Consent
from kith.messaging.mail.letters import one_line
from kith.messaging.mail.models import MailOut, MailState

TIMEOUT = 15
BATCH = 50

LEASE = timedelta(minutes=5)
FINAL = 500
MOST_ATTEMPTS = 30
_log = logging.getLogger("kith.mail")


class MailServer(Protocol):
    """Where mails are handed over: `settings.KITH_MAIL`."""

    @property
    def host(self) -> str:
        """Its name."""
        ...

    @property
    def port(self) -> int:
        """Its port."""
        ...

    @property
    def user(self) -> str:
        """Who we are to it, "" for nobody."""
        ...

    @property
    def password(self) -> str:
        """How we prove that."""
        ...

    @property
    def tls(self) -> bool:
        """Whether it speaks TLS from the first byte."""
        ...


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 1 minute, doubling, at most 6 hours (30 last 6 days)."""
    return min(timedelta(minutes=2 ** max(attempts - 1, 0)), timedelta(hours=6))


def lease(*, at: datetime) -> list[MailOut]:
    """Take the next mails, urgent ones first; mails their person has refused meanwhile are dropped."""
    refused = Consent.objects.filter(
        person_id=OuterRef("person_id"), message_class=OuterRef("message_class"), given=False
    )
    MailOut.objects.filter(Exists(refused), state=MailState.WAITING, message_class__in=REFUSABLE).update(
        state=MailState.DROPPED
    )
    with transaction.atomic():
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        mails = list(
            MailOut.objects.filter(free, state=MailState.WAITING, next_try__lte=at)
            .select_for_update(skip_locked=True)
            .order_by("-urgent", "id")[:BATCH]
        )
        MailOut.objects.filter(pk__in=[mail.pk for mail in mails]).update(leased_until=at + LEASE)
    return mails


def compose(mail: MailOut) -> EmailMessage:
    """Return the mail as it goes out. No field can add a header: line breaks are taken out of all of them."""
    host = urlsplit(settings.KITH_URL).hostname or "localhost"
    built = EmailMessage()
    built["Subject"] = one_line(mail.subject)
    built["From"] = f"Kith <no-reply@{host}>"
    built["To"] = one_line(mail.address).replace(" ", "")
    built["Date"] = format_datetime(mail.created_at)
    built["Message-ID"] = f"<{mail.public_id}@{host}>"
    built["Auto-Submitted"] = "auto-generated"
    if mail.message_class in REFUSABLE and (link := _unsubscribe(mail.text)):
        built["List-Unsubscribe"] = f"<{link}>"
        built["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    built.set_content(mail.text)
    built.add_alternative(mail.html, subtype="html")
    return built


def _unsubscribe(text: str) -> str:
    links = [word for word in text.split() if word.startswith(f"{settings.KITH_URL}/m/")]
    return links[-1] if links else ""


def _connect(server: MailServer) -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if server.tls else smtplib.SMTP
    connection = kind(server.host, server.port, timeout=TIMEOUT)
    if server.user:
        connection.login(server.user, server.password)
    return connection


def _later(mail: MailOut, error: str, *, at: datetime) -> None:
    attempts = mail.attempts + 1
    MailOut.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED if attempts >= MOST_ATTEMPTS else MailState.WAITING,
        attempts=attempts, next_try=at + wait_after(attempts), leased_until=None, error=error[:300],
    )  # fmt: skip


def _final(mail: MailOut, error: str) -> None:
    MailOut.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED, attempts=mail.attempts + 1, leased_until=None, error=error[:300]
    )


def _send_one(connection: smtplib.SMTP, mail: MailOut, *, at: datetime) -> bool:
    """Send one mail and mark it; False when the connection is gone."""
    try:
        connection.send_message(compose(mail))
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
        _later(mail, f"{type(error).__name__}", at=at)
        return False
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        _settle(mail, code, words, at=at)
    except smtplib.SMTPResponseException as error:
        _settle(mail, error.smtp_code, error.smtp_error, at=at)
    except (smtplib.SMTPException, ValueError, UnicodeError) as error:
        _final(mail, f"{type(error).__name__}: {error}")
    else:
        MailOut.objects.filter(pk=mail.pk).update(
            state=MailState.SENT, sent_at=at, attempts=mail.attempts + 1, leased_until=None, error=""
        )
        return True
    with suppress(smtplib.SMTPException, OSError):
        connection.rset()
    return True


def _settle(mail: MailOut, code: int, words: bytes | str, *, at: datetime) -> None:
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code >= FINAL:
        _final(mail, said)
    else:
        _later(mail, said, at=at)


def send_batch(*, at: datetime) -> int:
    """Send the next mails over one connection; return how many were taken, 0 when nothing may or can go."""
    if settings.KITH_MAIL is None or is_muted():
        return 0
    mails = lease(at=at)
    if not mails:
        return 0
    try:
        connection = _connect(settings.KITH_MAIL)
    except (OSError, smtplib.SMTPException) as error:
        _log.warning("mail server: %s", type(error).__name__)
        for mail in mails:
            _later(mail, type(error).__name__, at=at)
        return 0
    for index, mail in enumerate(mails):
        if not _send_one(connection, mail, at=at):
            left = [each.pk for each in mails[index + 1 :]]
            MailOut.objects.filter(pk__in=left).update(leased_until=None)
            return index
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()
    return len(mails)
