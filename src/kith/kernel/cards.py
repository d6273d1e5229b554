"""Numbers of payment cards in what people write: found by length, issuer's prefix and Luhn digit, and made unreadable.

Nobody has to tell us a card number (payments happen at the provider), so one that comes is masked before anything
keeps it. Numbers of 13 digits are left alone: cards have not had them for decades, every bar code has.
"""

import re
from collections.abc import Iterator
from typing import Any

SHORTEST, LONGEST = 14, 19  # digits, ISO/IEC 7812-1
_MOST_GROUPS = 8
_BEGINNINGS = frozenset("234569")
_GAP = "[ \\t\u00a0\u2007\u2009\u202f\u200b.\\-\u2010-\u2015_]{1,2}"
_RUN = re.compile(rf"(?<![\w/])\d++(?:{_GAP}\d++)*+(?!\w)")
_GROUPS = 8
_GAP = "[ \\t\u00a0\u2007\u2009\u202f\u200b.\\-\u2010-\u2015_]{1,2}"
_RUN = re.compile(rf"(?<![\w/])\d+(?:{_GAP}\d+)*(?!\w)")
_GROUP = re.compile(r"\d+")
_TWICE = {str(digit): digit * 2 // 10 + digit * 2 % 10 for digit in range(10)}
# Visa, Mastercard, American Express, Diners, JCB, Discover, UnionPay, Napas, Mir, Maestro.
_ISSUED = re.compile(
    r"4\d{15}(?:\d{3})?|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720|220[0-4])\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17}"
    r"|9704\d{12}(?:\d{3})?|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{12}"
)


def is_card(digits: str) -> bool:
    """Say whether these ASCII digits are the number of a payment card."""
    if not _ISSUED.fullmatch(digits):
        return False
    return (sum(map(int, digits[-1::-2])) + sum(map(_TWICE.__getitem__, digits[-2::-2]))) % 10 == 0


def mask(words: str) -> str:
    """Return `words` with all but the last four digits of every card number replaced; other numbers stay."""
    return _RUN.sub(lambda run: _masked(run[0]), words)


def masked(value: Any) -> Any:
    """Return a JSON value with every text in it masked; names of objects stay."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [masked(part) for part in value]
    if isinstance(value, dict):
        return {name: masked(part) for name, part in value.items()}
    return value


def _masked(run: str) -> str:
    """Mask the cards among digits that only gaps part; in "12 4111 1111 1111 1111" one begins at the second group."""
    if len(run) < SHORTEST:
        return run
    plain = run if run.isascii() else "".join(str(int(one)) if one.isdecimal() else one for one in run)
    letters = list(run)
    for places in _cards([(group[0], group.start()) for group in _GROUP.finditer(plain)]):
        for place in places[:-4]:
            letters[place] = "•"
    return "".join(letters)


def _cards(groups: list[tuple[str, int]]) -> Iterator[list[int]]:
    """Yield the places of the digits of each card: one whole group, or several that follow each other."""
    for first, (begins, _place) in enumerate(groups):
        if begins[0] not in _BEGINNINGS:
            continue
        digits = ""
        for last in range(first, min(first + _MOST_GROUPS, len(groups))):
            digits += groups[last][0]
            if len(digits) > LONGEST:
                break
            if len(digits) >= SHORTEST and is_card(digits):
                yield [place + n for group, place in groups[first : last + 1] for n in range(len(group))]
