"""Sending an automatic message by its code; what was sent pins the version of its words."""

from collections.abc import Collection, Mapping
from datetime import datetime

from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, send_message, send_to_audience
from kith.messaging.deliveries.models import Message
from kith.messaging.wording.queries import words_of
from kith.messaging.wording.shelf import WORDINGS, fill
from kith.people.segments.compiler import Compiled

Values = Mapping[str, Text | str]


def written(
    *,
    code: str,
    values: Values | None = None,
    about: Subject | None = None,
    link: str = "",
    dedupe_key: str | None = None,
) -> NewMessage:
    """Return the automatic message `code` with its placeholders filled, in the words in force; one query."""
    wording, given, words = WORDINGS.get(code), values or {}, words_of(code=code)
    return NewMessage(
        title=fill(words.title, values=given, allowed=wording.placeholders),
        body=fill(words.body, values=given, allowed=wording.placeholders),
        message_class=wording.message_class,
        severity=wording.severity,
        about=about,
        link=link,
        dedupe_key=dedupe_key,
        wording=code,
        wording_version=words.version,
    )


def send_wording(
    *,
    code: str,
    to: Collection[int],
    at: datetime,
    values: Values | None = None,
    about: Subject | None = None,
    link: str = "",
    dedupe_key: str | None = None,
) -> Message:
    """Send the automatic message `code` to some persons, each in their own language."""
    new = written(code=code, values=values, about=about, link=link, dedupe_key=dedupe_key)
    return send_message(message=new, to=to, at=at)


def send_wording_to_audience(
    *,
    code: str,
    audience: Compiled,
    at: datetime,
    values: Values | None = None,
    about: Subject | None = None,
    link: str = "",
    dedupe_key: str | None = None,
) -> Message:
    """Send the automatic message `code` to everyone of a compiled audience, in the background."""
    new = written(code=code, values=values, about=about, link=link, dedupe_key=dedupe_key)
    return send_to_audience(message=new, audience=audience, at=at)
