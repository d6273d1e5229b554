"""The exact text a person is shown, and the hash an acknowledgement binds to."""

import hashlib
from dataclasses import dataclass

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import Message


@dataclass(frozen=True)
class Rendering:
    """A message in one language; `sha256` covers language, version, title and body."""

    language: str
    title: str
    body: str
    sha256: str

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs."""
        return [part.strip() for part in self.body.split("\n\n") if part.strip()]


def render_text(*, title: Text, body: Text, version: int, language: str) -> Rendering:
    """Return the rendering of a text for a reader of `language`, by the fallback chain."""
    shown = title.language_for(language)
    words = title.get(shown, ""), body.in_language(shown)
    digest = hashlib.sha256("\x1f".join((shown, str(version), *words)).encode()).hexdigest()
    return Rendering(language=shown, title=words[0], body=words[1], sha256=digest)


def render(message: Message, *, language: str) -> Rendering:
    """Return what a reader of `language` is shown of a message."""
    return render_text(title=message.title, body=message.body, version=message.version, language=language)


def renderings(message: Message) -> dict[str, Rendering]:
    """Return every rendering of the message's text in force, by hash."""
    made = (render(message, language=language) for language in message.title)
    return {rendering.sha256: rendering for rendering in made}
