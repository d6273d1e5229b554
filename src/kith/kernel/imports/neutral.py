"""Spreadsheet formulas in files: made harmless on the way out, given back as they were on the way in.

OWASP ASVS 5.0 1.2.10: a cell that begins with = + - @, a tab or a carriage return may run in a spreadsheet.
"""

import re

_LIVE = re.compile("^'*[=+\\-@\t\r\n＝＋－＠]")
_NEUTRAL = re.compile("^'+[=+\\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)*$", re.ASCII)
_FORMULA = re.compile(r"^(?:[=＝]|[+\-@＋－＠].*[A-Za-z_](?:\(|\||![$A-Za-z]))", re.DOTALL)


def neutralise(text: str) -> str:
    """Return `text` so that no spreadsheet runs it; plain numbers stay numbers."""
    return f"'{text}" if _LIVE.match(text) and not _PLAIN_NUMBER.match(text) else text


def restore(text: str) -> str:
    """Return what `neutralise` was given."""
    return text[1:] if text.startswith("'") and _NEUTRAL.match(text) else text


def is_formula(text: str) -> bool:
    """Return whether `text` would run as a formula or a DDE call: `=1+1`, `@SUM(1)`, `-2+cmd|'/C calc'!A0`."""
    return text[:1] in "=＝+-@＋－＠" and _FORMULA.match(text) is not None if text else False
