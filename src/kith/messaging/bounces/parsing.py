"""Reading a report about a mail: delivery status (RFC 3464), complaint (RFC 5965). Pure; nothing is believed here.

The classes of status codes are those of RFC 3463: 5.1.x (there is no such address) and a disabled mailbox are final,
whatever else failed may work another day.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from uuid import UUID

from kith.messaging.suppressions.codes import is_hard, status_in

MOST = 1_000_000
_ID = re.compile(r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([^<>\s]+)>", re.IGNORECASE)
_ARRIVED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


class Kind(StrEnum):
    """What a report says: never again, not this time, or that the reader complained."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class Report:
    """What a report says of one mail. `arrived_at` are the addresses that it was sent to: our return path."""

    kind: Kind
    status: str
    said: str
    recipients: frozenset[str]
    mail: UUID | None
    host: str
    arrived_at: tuple[str, ...]


def read(raw: bytes) -> list[Report]:
    """Return what a report says, one entry for each recipient that failed; none for anything that is no such report.

    Reports of delay or of success say nothing that failed. A report without the headers of our mail has no `mail`.
    """
    if len(raw) > MOST:
        return []
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        if not isinstance(mail, EmailMessage) or mail.get_content_type() != "multipart/report":
            return []
        return _read(mail)
    except (ValueError, LookupError, TypeError, AttributeError):
        return []  # what the standard library cannot read is no report


def _read(mail: EmailMessage) -> list[Report]:
    wanted = str(mail.get_param("report-type", "")).lower()
    about, host = _original(mail)
    arrived = tuple(str(value) for name in _ARRIVED for value in mail.get_all(name, []))
    if wanted == "feedback-report":
        return _complaint(mail, about=about, host=host, arrived=arrived)
    parts = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    found = []
    for block in (block for part in parts for block in _blocks(part)):
        if str(block.get("Action", "")).strip().lower() != "failed":
            continue
        status = status_in(str(block.get("Status", "")))
        if not status or status.startswith("2"):
            continue
        found.append(
            Report(
                kind=Kind.HARD if is_hard(status) else Kind.SOFT,
                status=status,
                said=_words(str(block.get("Diagnostic-Code", ""))),
                recipients=_recipients(block, "Final-Recipient", "Original-Recipient"),
                mail=about,
                host=host,
                arrived_at=arrived,
            )
        )
    return found


def _blocks(part: EmailMessage) -> list[EmailMessage]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, EmailMessage)] if isinstance(payload, list) else []


def _complaint(mail: EmailMessage, *, about: UUID | None, host: str, arrived: tuple[str, ...]) -> list[Report]:
    for part in mail.walk():
        if part.get_content_type() != "message/feedback-report":
            continue
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        fields = message_from_bytes(
            inner.as_bytes() if isinstance(inner, EmailMessage) else part.get_content(), policy=policy.default
        )
        if str(fields.get("Feedback-Type", "")).strip().lower() != "abuse":
            continue
        people = _recipients(fields, "Original-Rcpt-To") if isinstance(fields, EmailMessage) else frozenset()
        return [Report(Kind.COMPLAINT, "", "abuse", people, about, host, arrived)]
    return []


def _original(mail: EmailMessage) -> tuple[UUID | None, str]:
    """Return the key of our mail from its Message-ID among the headers that came back, and the host in it."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = next(iter(_blocks(part)), None)
            words = str(inner.get("Message-ID", "")) if inner is not None else ""
        elif kind == "text/rfc822-headers":
            words = str(part.get_content())
            header = re.search(r"^Message-ID:\s*(\S+)", words, re.IGNORECASE | re.MULTILINE)
            words = header[1] if header else ""
        else:
            continue
        found = _ID.search(words)
        if found:
            return UUID(found[1]), found[2].lower()
    return None, ""


def _recipients(block: EmailMessage, *names: str) -> frozenset[str]:
    found = set()
    for name in names:
        for value in block.get_all(name, []):
            kind, separator, address = str(value).partition(";")
            found.add((address if separator else kind).strip().strip("<>").casefold())
    return frozenset(address for address in found if "@" in address)


def _words(said: str) -> str:
    return " ".join(said.replace("\0", "").split())[:300]
