"""What changed between two texts, word by word; a Chinese character is a word of its own."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\s\u3400-\u9fff\uf900-\ufaff]+|\s+")
LONGEST = 4000
"""Words above which the whole text is shown as changed: comparing takes time that grows with their product."""


@dataclass(frozen=True)
class Piece:
    """A run of words. `change` is "" for what stayed, `ins` for what is new, `del` for what is gone."""

    change: str
    words: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in reading order: without `del` they are `after`, without `ins` `before`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > LONGEST:
        return [piece for piece in (Piece("del", before), Piece("ins", after)) if piece.words]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("", "".join(old[a:b])))
            continue
        pieces += [Piece(change, "".join(words)) for change, words in (("del", old[a:b]), ("ins", new[c:d])) if words]
    return pieces
