"""The exact text a person is shown, and the hash an acknowledgement binds to."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import Message


@dataclass(frozen=True)
class Option:
    """An answer that is offered: `number` counts from 0, `kind` is what it counts as (`safe`, `help`, `other`)."""

    number: int
    kind: str
    label: str


@dataclass(frozen=True)
class Rendering:
    """A message in one language; `sha256` covers language, version, title, body and the answers offered."""

    language: str
    title: str
    body: str
    sha256: str
    options: tuple[Option, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs."""
        return [part.strip() for part in self.body.split("\n\n") if part.strip()]


def render_text(
    *, title: Text, body: Text, version: int, language: str, options: Sequence[Mapping[str, Any]] = ()
) -> Rendering:
    """Return the rendering of a text for a reader of `language`, by the fallback chain."""
    shown = title.language_for(language)
    words = title.get(shown, ""), body.in_language(shown)
    offered = tuple(
        Option(number, str(each["kind"]), Text(each["label"]).in_language(shown)) for number, each in enumerate(options)
    )
    parts = (shown, str(version), *words, *(option.label for option in offered))
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return Rendering(language=shown, title=words[0], body=words[1], sha256=digest, options=offered)


def render(message: Message, *, language: str) -> Rendering:
    """Return what a reader of `language` is shown of a message."""
    return render_text(
        title=message.title,
        body=message.body,
        version=message.version,
        language=language,
        options=message.options or (),
    )


def renderings(message: Message) -> dict[str, Rendering]:
    """Return every rendering of the message's text in force, by hash."""
    made = (render(message, language=language) for language in message.title)
    return {rendering.sha256: rendering for rendering in made}
