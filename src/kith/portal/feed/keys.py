"""The shelf of public keys: how things that facts, promises and bills name by kind are known outside."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model
from ninja import Schema

from kith.kernel.registries import Registry
from kith.kernel.subjects import Subject

KEYS: Registry[type[Model]] = Registry("portal.public_keys")
"""By kind of subject: the table whose `public_id` is its key outside."""


class Thing(Schema):
    """A thing by its kind and the id under which this API knows it (null where it has none)."""

    kind: str
    id: UUID | None


def public_keys(subjects: Iterable[Subject]) -> dict[Subject, UUID]:
    """Return the public keys of those subjects that have one; one query a kind."""
    by_kind: dict[str, set[int]] = {}
    for subject in subjects:
        by_kind.setdefault(subject.kind, set()).add(subject.id)
    found: dict[Subject, UUID] = {}
    for kind, ids in sorted(by_kind.items()):
        if kind in KEYS:
            rows = KEYS.get(kind)._default_manager.filter(pk__in=ids).values_list("pk", "public_id")  # noqa: SLF001  (Django's documented model API)
            found.update({Subject(kind, key): public_id for key, public_id in rows})
    return found


def subjects_in(stored: Iterable[str]) -> list[Subject]:
    """Return the subjects among stored ones ("order:7"); "" and what is none are left out."""
    found = []
    for each in stored:
        kind, _, key = each.rpartition(":")
        if kind and key.isdecimal():
            found.append(Subject(kind, int(key)))
    return found


def thing_of(stored: str, keys: dict[Subject, UUID]) -> Thing | None:
    """Return a stored subject as programs see it, None where there is none."""
    found = subjects_in([stored])
    return Thing(kind=found[0].kind, id=keys.get(found[0])) if found else None
