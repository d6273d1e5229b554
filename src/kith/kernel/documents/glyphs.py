"""What becomes of characters that no font can draw: texts are made normal, and the rest is marked."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Any

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")


def code(text: str) -> str:
    """Return the code points of `text`: `U+1F600`."""
    return " ".join(f"U+{ord(character):04X}" for character in text)


def normal(data: Any) -> Any:
    """Return `data` with its texts composed (NFC: `e` and two marks become `ế`), half surrogates replaced."""
    return _each_text(data, lambda text: unicodedata.normalize("NFC", text).translate(_SURROGATES))


def mark(data: Any, characters: Collection[str]) -> Any:
    """Return `data` with each of `characters` as its code point in brackets, control characters left out."""
    table = {
        ord(character): "" if unicodedata.category(character) == "Cc" else f"[{code(character)}]"
        for character in characters
    }
    return _each_text(data, lambda text: text.translate(table))


def mark_combining(data: Any) -> Any:
    """Return `data` with every combining mark that is still apart from its base as its code point."""
    return _each_text(data, lambda text: "".join(map(_combining, text)))


def _combining(character: str) -> str:
    return f"[{code(character)}]" if unicodedata.category(character).startswith("M") else character


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return a copy of `value` with every text inside changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, change) for inner in value]
    return value
