"""The shelf of automatic messages. A placeholder is `{name}`; anything else in braces stays as it is written."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass, Severity

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Placeholder:
    """What a placeholder stands for, in a few words, and an example for previews."""

    says: StrOrPromise
    example: Text | str = ""


@dataclass(frozen=True)
class Wording:
    """An automatic message: its class, the words we ship by language, and the closed set of its placeholders.

    `code` is `capability.name`; `when` says in a sentence when it goes out. `edited_at`: its words belong to
    something else (a care programme) and are edited there, so they cannot be changed here.
    """

    code: str
    title: Text
    body: Text
    placeholders: Mapping[str, Placeholder] = field(default_factory=dict)
    message_class: MessageClass = MessageClass.SERVICE
    severity: Severity = Severity.NORMAL
    when: StrOrPromise = ""
    edited_at: str = ""

    @property
    def capability(self) -> str:
        """Where the message comes from."""
        return self.code.partition(".")[0]


WORDINGS: Registry[Wording] = Registry("messaging.wordings")


def used_in(words: str) -> list[str]:
    """Return the placeholders that words use, each once, in their order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(words)))


def put(wording: Wording) -> Wording:
    """Put a wording on the shelf; `ValueError` when it uses a placeholder it does not declare."""
    for words in (*wording.title.values(), *wording.body.values()):
        for name in used_in(words):
            if name not in wording.placeholders:
                message = f"{wording.code} uses the placeholder {name!r} without declaring it."
                raise ValueError(message)
    return WORDINGS.put(wording.code, wording)


def fill(words: Text, *, values: Mapping[str, Text | str], allowed: Collection[str]) -> Text:
    """Return a text with its placeholders replaced, each language by the value in that language."""

    def value(name: str, language: str) -> str:
        given = values[name]
        return given.in_language(language) if isinstance(given, Text) else given

    def filled(sentence: str, language: str) -> str:
        return _PLACEHOLDER.sub(lambda m: value(m[1], language) if m[1] in allowed else m[0], sentence)

    return Text({language: filled(sentence, language) for language, sentence in words.items()})
