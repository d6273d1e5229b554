"""Whole numbers as strangers write them: in addresses, forms and cursors."""

OF_A_BIGINT = 18
"""So many digits fit into a bigint, whatever they are."""


def whole(text: str, *, digits: int = OF_A_BIGINT) -> int | None:
    """Return the number that up to `digits` of 0 to 9 write; None for anything else, so for "" and "-1" too."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
