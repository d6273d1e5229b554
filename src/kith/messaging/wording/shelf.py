"""The shelf of wordings. A placeholder is `{name}`; anything else in braces stays as it is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kith.kernel.registries import Registry
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass, Severity

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Wording:
    """An automatic message: its class, title and body by language, and the placeholders it may use."""

    code: str
    title: Text
    body: Text
    placeholders: tuple[str, ...] = ()
    message_class: MessageClass = MessageClass.SERVICE
    severity: Severity = Severity.NORMAL


WORDINGS: Registry[Wording] = Registry("messaging.wordings")


def put(wording: Wording) -> Wording:
    """Put a wording on the shelf; `ValueError` when it uses a placeholder it does not declare."""
    for words in (*wording.title.values(), *wording.body.values()):
        for name in _PLACEHOLDER.findall(words):
            if name not in wording.placeholders:
                message = f"{wording.code} uses the placeholder {name!r} without declaring it."
                raise ValueError(message)
    return WORDINGS.put(wording.code, wording)


def fill(words: Text, *, values: Mapping[str, Text | str], allowed: tuple[str, ...]) -> Text:
    """Return a text with its placeholders replaced, each language by the value in that language."""

    def value(name: str, language: str) -> str:
        given = values[name]
        return given.in_language(language) if isinstance(given, Text) else given

    def filled(sentence: str, language: str) -> str:
        return _PLACEHOLDER.sub(lambda m: value(m[1], language) if m[1] in allowed else m[0], sentence)

    return Text({language: filled(sentence, language) for language, sentence in words.items()})
