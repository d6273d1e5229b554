"""What a notice says to its recipients: as a message, marked as a drill where it is one, with what changed."""

from dataclasses import replace
from typing import Any

from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.differences import word_diff
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.deliveries.models import Severity as Loudness
from kith.notices.publishing.models import Notice
from kith.notices.severities import Severity
from kith.people.persons.models import Person

LOUDNESS = {Severity.NEWS: Loudness.NORMAL, Severity.IMPORTANT: Loudness.IMPORTANT, Severity.URGENT: Loudness.URGENT}
DRILL = {"en": "DRILL: ", "vi": "DIỄN TẬP: ", "zh-Hans": "演习：", "zh-Hant": "演習："}
DRILL_LINE = {
    "en": "This is a drill. Nothing has happened.",
    "vi": "Đây là diễn tập. Không có chuyện gì xảy ra.",
    "zh-Hans": "这是演习，没有发生任何事故。",
    "zh-Hant": "這是演習，沒有發生任何事故。",
}


def said(notice: Notice, words: Text, *, line: bool = False) -> Text:
    """Return a title; a drill says so in the first word, in every language. With `line` a text, said in its first."""
    if not notice.drill:
        return words
    known, end = (DRILL_LINE, "\n\n") if line else (DRILL, "")
    return Text({tag: f"{known.get(tag, known['en'])}{end}{part}" for tag, part in words.items()})


def beside(notice: Notice, message: NewMessage) -> NewMessage:
    """Return an automatic message about a notice; about a drill it says so first, whatever its wording is."""
    if not notice.drill:
        return message
    title, body = said(notice, message.title), said(notice, message.body, line=True)
    return replace(message, title=title, body=body, drill=True)


def message_of(notice: Notice, by: Person) -> NewMessage:
    """Return the message that carries a notice."""
    urgent = notice.severity == Severity.URGENT
    return NewMessage(
        title=said(notice, notice.title),
        body=said(notice, notice.body, line=True),
        message_class=MessageClass.SAFETY if urgent else MessageClass.SERVICE,
        severity=LOUDNESS[Severity(notice.severity)],
        about=Subject("notice", notice.pk),
        sender_id=by.pk,
        needs_acknowledgement=notice.needs_acknowledgement,
        due_at=notice.due_at,
        options=notice.options,
        may_decline=notice.may_decline,
        drill=notice.drill,
        dedupe_key=f"notice:{notice.pk}",
    )


def diffs(before: tuple[Text, Text], after: tuple[Text, Text]) -> dict[str, Any]:
    """Return what changed in title and body by language, `[[change, words], …]` each."""
    return {
        tag: {
            part: [[piece.change, piece.words] for piece in word_diff(old.get(tag, ""), new.get(tag, ""))]
            for part, old, new in zip(("title", "body"), before, after, strict=True)
        }
        for tag in after[0]
    }
