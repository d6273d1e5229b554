"""What an idea says apart from its language: concepts, numbers, code words; and its words, as parts of them. Pure.

A signal is a short string: `k:gate` a concept of the glossary, `n:4` a number, `c:SKU-7` a code word, `s:VN-BD` a
place, `w:gate` a word, `t:gat` three letters of a word of the title. The first four mean the same in every language.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from kith.kernel.folding import fold, query_tokens
from kith.voice.ideas.glossary import words_of_concepts

MOST = 160
"""How many signals of an idea are kept: concepts, numbers, codes and places first, then words, then parts of them."""
_CODE = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b|\b[A-Z]{2,6}\b")
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)?(?![\w-])")
_LATIN = re.compile(r"[^\W\d_]+", re.UNICODE)
_LONGEST_PHRASE = 4
EVERYWHERE = ("k:", "n:", "c:", "s:")
_COMMON = frozenset({
    "the", "and", "for", "are", "our", "not", "with", "that", "this", "have", "from", "they", "when", "what", "would",
    "should", "could", "there", "every", "each", "more", "cua", "cho", "cac", "mot", "khong", "duoc", "nen", "voi",
    "trong", "khi", "moi", "nguoi", "nhung", "lam", "phai", "chung", "toi", "nay",
})  # fmt: skip


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004


def concepts(text: str) -> set[str]:
    """Return the concepts of a text in any of our languages. Vietnamese is read with its marks: `cong` is none."""
    english, vietnamese, chinese = words_of_concepts()
    words = _LATIN.findall(text.casefold())
    found: set[str] = set()
    for length in range(1, _LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            phrase = words[start : start + length]
            for known, said in ((english, " ".join(phrase)), (vietnamese, " ".join(phrase))):
                if said in known:
                    found.add(known[said])
            singular = " ".join([*phrase[:-1], _singular(phrase[-1])])
            if singular in english:
                found.add(english[singular])
    found.update(concept for word, concept in chinese.items() if word in text)
    return found


def places(text: str, named: Mapping[str, str]) -> set[str]:
    """Return the codes of the places whose folded names stand in a text."""
    words = f" {' '.join(_LATIN.findall(fold(text)))} "
    plain = fold(text)
    return {code for name, code in named.items() if (f" {name} " in words if name.isascii() else name in plain)}


def _parts(words: AbstractSet[str]) -> set[str]:
    return {
        f"t:{padded[start : start + 3]}"
        for padded in (f" {word} " for word in words if word.isascii())
        for start in range(len(padded) - 2)
    }


def words_in(text: str) -> set[str]:
    """Return the words of a text that say something, folded; of Chinese its pairs of characters."""
    return {
        word
        for word in query_tokens(text)
        if word not in _COMMON and (len(word) > 2 or not word.isascii())  # noqa: PLR2004
    }


def independent(text: str, named: Mapping[str, str]) -> set[str]:
    """Return the signals of a text that mean the same in every language."""
    return {
        *(f"k:{concept}" for concept in concepts(text)),
        *(f"n:{number.replace(',', '.')}" for number in _NUMBER.findall(text)),
        *(f"c:{code.upper()}" for code in _CODE.findall(text)),
        *(f"s:{code}" for code in places(text, named)),
    }


def signals(*, title: str, text: str, named: Mapping[str, str]) -> list[str]:
    """Return the signals of an idea, at most `MOST`, those first that mean the same in every language.

    `named` are the folded names of places with their codes.
    """
    whole = f"{title}\n{text}"
    ordered = [
        *sorted(independent(whole, named)),
        *sorted(f"w:{word}" for word in words_in(title)),
        *sorted(_parts(words_in(title))),
        *sorted(f"w:{word}" for word in words_in(text)),
    ]
    return list(dict.fromkeys(ordered))[:MOST]


def _weight(signal: str) -> int:
    """Return what a signal weighs across languages: a code word or a place as much as two concepts."""
    return 2 if signal.startswith(("c:", "s:")) else int(signal.startswith(EVERYWHERE))


class Asked:
    """What somebody is about to write, ready to be compared with many ideas."""

    def __init__(self, asked: AbstractSet[str]) -> None:
        """Sort its signals by kind."""
        self._words = frozenset(signal for signal in asked if signal.startswith("w:"))
        self._parts = frozenset(signal for signal in asked if signal.startswith("t:"))
        self._everywhere = frozenset(asked - self._words - self._parts)
        self._whole = min(sum(map(_weight, self._everywhere)), 4)

    def likeness(self, known: AbstractSet[str]) -> float:
        """Return how much of it an idea says too, 0 to 1: by words, by parts of words, or across languages.

        Across languages signals of the weight of two concepts must be shared, one of them a concept, and half of what
        is asked (of much that of four concepts counts as all); the same language is compared by its words, and by
        their parts where they are misspelt.
        """
        words = len(self._words & known) / len(self._words) if self._words else 0.0
        parts = len(self._parts & known) / len(self._parts) if self._parts else 0.0
        shared, across = self._everywhere & known, 0.0
        weight = sum(map(_weight, shared))
        if weight >= 2 and any(signal.startswith("k:") for signal in shared):  # noqa: PLR2004
            across = min(weight / self._whole, 1.0)
        return max(words, parts * 0.8, across * 0.95)


def likeness(asked: AbstractSet[str], known: AbstractSet[str]) -> float:
    """Return how much of what is asked an idea says too (`Asked.likeness`)."""
    return Asked(asked).likeness(known)
