"""`fold()`: one spelling for search and order, whatever diacritics or script a person typed."""

import re
import unicodedata

_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")
_WORD = re.compile(r"[\w\u3400-\u9fff]+")


def fold(words: str) -> str:
    """Return `words` in lower case without diacritics: `Nguyễn Đức` gives `nguyen duc`."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("đ", "d").replace("ß", "ss"))
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


def tokens(words: str) -> list[str]:
    """Return the folded tokens of a text: words, and Chinese runs as single characters and bigrams.

    PostgreSQL's parser takes a Chinese sentence for one token, so runs are cut here (into `tsvector('simple')`).
    """
    found: list[str] = []
    for word in _WORD.findall(fold(words)):
        position = 0
        for run in _CJK.finditer(word):
            if run.start() > position:
                found.append(word[position : run.start()])
            characters = run.group()
            found.extend(characters)
            found.extend(characters[i : i + 2] for i in range(len(characters) - 1))
            position = run.end()
        if position < len(word):
            found.append(word[position:])
    return found


def query_tokens(words: str) -> list[str]:
    """Return what a search asks for: words, and of Chinese runs the bigrams only (one character stands alone)."""
    found: list[str] = []
    for word in _WORD.findall(fold(words)):
        position = 0
        for run in _CJK.finditer(word):
            if run.start() > position:
                found.append(word[position : run.start()])
            characters = run.group()
            found.extend([characters] if len(characters) == 1 else
                         [characters[i : i + 2] for i in range(len(characters) - 1)])  # fmt: skip
            position = run.end()
        if position < len(word):
            found.append(word[position:])
    return found
