"""Sending an automatic message by its code."""

from collections.abc import Collection, Mapping
from datetime import datetime

from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.models import Message
from kith.messaging.wording.shelf import WORDINGS, fill


def send_wording(
    *,
    code: str,
    to: Collection[int],
    at: datetime,
    values: Mapping[str, Text | str] | None = None,
    about: Subject | None = None,
    link: str = "",
    dedupe_key: str | None = None,
) -> Message:
    """Send the automatic message `code` to some persons, each in their own language."""
    wording = WORDINGS.get(code)
    given = values or {}
    new = NewMessage(
        title=fill(wording.title, values=given, allowed=wording.placeholders),
        body=fill(wording.body, values=given, allowed=wording.placeholders),
        message_class=wording.message_class,
        severity=wording.severity,
        about=about,
        link=link,
        dedupe_key=dedupe_key,
    )
    return send_message(message=new, to=to, at=at)
