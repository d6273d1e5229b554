"""SQL Server's `hierarchyid`, as exports write it: hexadecimal of a bit string of prefix codes.

Source of the table of codes: MS-SSCLRT, "Microsoft SQL Server CLR Types Serialization Formats", section 2.1
(HierarchyId). Each ordinal of the path is: a prefix that tells the range, its bits (with fixed bits in between),
and one bit that tells whether "/" (1) or "." (0) follows; before a "." the bits hold the ordinal plus one.
"""

import re

from django.utils.translation import gettext as _

from kith.kernel.imports.checks import WrongValueError

# (prefix, pattern of the ordinal's bits: x is a bit of the value, 0 and 1 are fixed; least value)
_CODES = (
    ("01", "xx", 0),
    ("100", "xx", 4),
    ("101", "xxx", 8),
    ("110", "xx0x1xxx", 16),
    ("1110", "xxx0xxx0x1xxx", 80),
    ("11110", "xxxxx0xxx0x1xxx", 1104),
    ("111110", f"{'x' * 19}0xxxxxx0xxx0x1xxx", 5200),
    ("00111", "xxx", -8),
    ("0010", "xx0x1xxx", -72),
    ("000110", "xxxxx0xxx0x1xxx", -4168),
    ("000101", f"{'x' * 19}0xxxxxx0xxx0x1xxx", -4294971464),
)
_HEX = re.compile(r"^(?:0x)?((?:[0-9A-Fa-f]{2})*)$")
_LONGEST = 892


def decode(text: str) -> tuple[tuple[int, ...], ...]:
    """Return the levels of a hierarchyid; each is a tuple of ordinals (more than one where a dot divides them).

    Empty is the root. Raises `WrongValueError` where the bits are no hierarchyid.
    """
    match = _HEX.match(text.strip())
    if match is None or len(match[1]) > 2 * _LONGEST:
        raise WrongValueError(_("is not a hierarchyid in hexadecimal"))
    bits = "".join(f"{byte:08b}" for byte in bytes.fromhex(match[1]))
    levels: list[tuple[int, ...]] = []
    level: list[int] = []
    position = 0
    while "1" in bits[position:]:
        value, position, ends = _ordinal(bits, position)
        level.append(value if ends else value - 1)
        if ends:
            levels.append(tuple(level))
            level = []
    if level:
        raise WrongValueError(_("is not a hierarchyid in hexadecimal"))
    return tuple(levels)


def _ordinal(bits: str, position: int) -> tuple[int, int, bool]:
    for prefix, pattern, least in _CODES:
        if not bits.startswith(prefix, position):
            continue
        start = position + len(prefix)
        body = bits[start : start + len(pattern)]
        end = start + len(pattern)
        if len(body) < len(pattern) or end >= len(bits):
            break
        if any(want not in {"x", got} for want, got in zip(pattern, body, strict=True)):
            break
        value = int("".join(got for want, got in zip(pattern, body, strict=True) if want == "x"), 2)
        return least + value, end + 1, bits[end] == "1"
    raise WrongValueError(_("is not a hierarchyid in hexadecimal"))


def decode_path(text: str) -> str:
    """Return a hierarchyid as SQL Server's `ToString()` writes it: `/`, `/1/`, `/1/2.3/`."""
    return "/" + "".join(".".join(str(part) for part in level) + "/" for level in decode(text))
