"""Sending an automatic message by its code."""

from collections.abc import Collection, Mapping
from datetime import datetime

from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, send_message, send_to_audience
from kith.messaging.deliveries.models import Message
from kith.messaging.wording.shelf import WORDINGS, fill
from kith.people.segments.compiler import Compiled


def _new(
    code: str,
    *,
    values: Mapping[str, Text | str] | None,
    about: Subject | None,
    link: str,
    dedupe_key: str | None,
) -> NewMessage:
    wording, given = WORDINGS.get(code), values or {}
    return NewMessage(
        title=fill(wording.title, values=given, allowed=wording.placeholders),
        body=fill(wording.body, values=given, allowed=wording.placeholders),
        message_class=wording.message_class,
        severity=wording.severity,
        about=about,
        link=link,
        dedupe_key=dedupe_key,
    )


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
    new = _new(code, values=values, about=about, link=link, dedupe_key=dedupe_key)
    return send_message(message=new, to=to, at=at)


def send_wording_to_audience(
    *,
    code: str,
    audience: Compiled,
    at: datetime,
    values: Mapping[str, Text | str] | None = None,
    about: Subject | None = None,
    link: str = "",
    dedupe_key: str | None = None,
) -> Message:
    """Send the automatic message `code` to everyone of a compiled audience, in the background."""
    new = _new(code, values=values, about=about, link=link, dedupe_key=dedupe_key)
    return send_to_audience(message=new, audience=audience, at=at)
