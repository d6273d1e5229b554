"""Short texts in several languages, kept as one JSON object by BCP 47 tag."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from kith.kernel.languages import chain, tag


class Text(dict[str, str]):
    """A text by language: `Text(en="Tea", vi="Trà")` or `Text({"zh-Hans": "茶"})`."""

    def in_language(self, language: str) -> str:
        """Return the text for a reader of `language` by the fallback chain; "" where there is none at all."""
        return self[found] if (found := self.language_for(language)) else ""

    def language_for(self, language: str) -> str:
        """Return the tag whose text a reader of `language` is shown, "" where there is none they can read.

        Where the chain leads nowhere any language is better than none, but never the other Chinese script.
        """
        tags = chain(language)
        for candidate in tags:
            if self.get(candidate):
                return candidate
        other = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}.get(tags[0])
        return next((key for key, value in self.items() if value and key != other), "")

    def __str__(self) -> str:
        return self.in_language("en")

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))


def text(value: Mapping[str, str] | str) -> Text:
    """Return a `Text` with normal tags; a plain string is English."""
    if isinstance(value, str):
        return Text(en=value)
    return Text({tag(key): words for key, words in value.items()})


class TextField(models.JSONField):
    """A column holding a `Text`; always a JSON object of strings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Default to an empty text."""
        kwargs.setdefault("default", Text)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text | None:
        """Return the column's value as a `Text`."""
        loaded = super().from_db_value(value, expression, connection)
        return None if loaded is None else Text(loaded)

    def get_prep_value(self, value: Any) -> Any:
        """Return the texts without NUL characters, which PostgreSQL cannot keep."""
        if isinstance(value, dict):
            value = {key: words.replace("\0", "") for key, words in value.items()}
        return super().get_prep_value(value)
