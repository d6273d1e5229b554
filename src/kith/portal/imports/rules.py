"""Who may import what: an importer and an administrator everything, others the kinds of their role."""

from collections.abc import Set as AbstractSet

from kith.kernel.imports.kinds import KINDS, ImportKind

EVERYTHING = frozenset({"importer", "administrator"})
ROLES = ("importer", "administrator", "hr", "shop")


def may_import_kind(roles: AbstractSet[str], kind: ImportKind) -> bool:
    """Return whether somebody with `roles` may import rows of `kind`."""
    return kind.role in roles or not EVERYTHING.isdisjoint(roles)


def importable(roles: AbstractSet[str]) -> list[ImportKind]:
    """Return the kinds that somebody with `roles` may import, in the order of their names."""
    return [kind for kind in KINDS if may_import_kind(roles, kind)]


def may_import(roles: AbstractSet[str]) -> bool:
    """Return whether somebody with `roles` may import anything."""
    return not frozenset(ROLES).isdisjoint(roles)
