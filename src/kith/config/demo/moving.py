"""Moving the demo's clock: the offset that the clock file holds."""

import re

_OFFSET = re.compile(r"^\+(\d+)s$")


def moved(content: str, *, seconds: int) -> str:
    """Return the clock file's content with its offset moved on by `seconds`; anything else begins at zero."""
    match = _OFFSET.match(content.strip())
    return f"+{(int(match[1]) if match else 0) + seconds}s"
