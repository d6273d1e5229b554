"""The shelf of addresses that leave no trace: no session is looked at there, and no log line names them."""

from kith.kernel.registries import Registry

TRACELESS: Registry[str] = Registry("access.traceless")
"""Beginnings of paths, each ending in a slash."""


def is_traceless(path: str) -> bool:
    """Say whether nothing may be kept of a request for `path`."""
    return any(path.startswith(prefix) for prefix in TRACELESS)
