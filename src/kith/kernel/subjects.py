"""Subjects: how one capability names another's thing without importing it.

A subject is a kind and a key ("order:7"). The capability that owns the kind puts a `SubjectKind` on the shelf;
whoever holds a subject asks the kernel for its label and link.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from kith.kernel.registries import Registry


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One thing of one kind. `str(subject)` is its stored form, `kind:id`."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, stored: str) -> "Subject":
        """Return the subject stored as `kind:id`; `ValueError` when it is not one."""
        kind, _, key = stored.rpartition(":")
        return cls(kind, int(key))


@dataclass(frozen=True, slots=True)
class Described:
    """What a reader is shown of a subject: a label in their language and the address of its page ("" for none)."""

    label: str
    link: str


class SubjectKind(Protocol):
    """What the owner of a kind knows of its things."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return label and link of those of `ids` that exist and the person may see, in one query."""
        ...


SUBJECTS: Registry[SubjectKind] = Registry("kernel.subjects")


def describe(*, subjects: Collection[Subject], person_id: int | None) -> dict[Subject, Described]:
    """Return what the person may see of `subjects`; one query a kind, the rest left out."""
    by_kind: dict[str, set[int]] = {}
    for subject in subjects:
        by_kind.setdefault(subject.kind, set()).add(subject.id)
    found: dict[Subject, Described] = {}
    for kind, ids in by_kind.items():
        if kind in SUBJECTS:
            for key, described in SUBJECTS.get(kind).describe(ids=ids, person_id=person_id).items():
                found[Subject(kind, key)] = described
    return found
