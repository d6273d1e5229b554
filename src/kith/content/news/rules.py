"""Who writes and releases news."""

WRITERS = frozenset({"communications", "administrator"})


def may_write(roles: frozenset[str]) -> bool:
    """Say whether somebody with these roles writes and releases news."""
    return bool(roles & WRITERS)
