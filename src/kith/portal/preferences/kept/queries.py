"""Reads for the page of everything kept on me."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise

from kith.access.looks.models import Look
from kith.access.looks.queries import looks_at
from kith.people.persons.queries import names
from kith.people.privacy.queries import Held, everything
from kith.people.privacy.shelf import Part
from kith.portal.audit.words import sentence_of
from kith.portal.preferences.kept.words import HIDDEN, label_of, shown

SHOWN = 20
LOOKS = 100


@dataclass(frozen=True)
class ShownPart:
    """A part as a table: its head, up to 20 rows of words, and how many rows there are."""

    title: StrOrPromise
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: int


@dataclass(frozen=True)
class ShownHolding:
    """A holding with its sentence and its parts."""

    name: str
    label: StrOrPromise
    parts: Sequence[ShownPart]


def _as_table(part: Part, *, language: str) -> ShownPart:
    chosen = part.rows[:SHOWN]
    columns = [name for name in chosen[0] if name not in HIDDEN and any(row[name] not in ("", None) for row in chosen)]
    rows = [[_cell(part, name, row[name], language=language) for name in columns] for row in chosen]
    return ShownPart(part.title, [label_of(name) for name in columns], rows, len(part.rows))


def _cell(part: Part, name: str, value: Any, *, language: str) -> str:
    is_fact = part.name == "kernel.fact" and name == "kind"
    return sentence_of(value) if is_fact else shown(value, language=language)


def _place(held: Held) -> tuple[bool, bool, str]:
    """Return where a holding stands on the page: who one is first, then the rest of people, then by name."""
    return held.name != "people.who", not held.name.startswith("people."), held.name


def kept_on(*, person_id: int, language: str) -> list[ShownHolding]:
    """Return everything kept on a person in words, holding by holding; those with nothing left out."""
    found = []
    for held in sorted(everything(person_id=person_id), key=_place):
        parts = [_as_table(part, language=language) for part in held.gathered.parts]
        found.append(ShownHolding(held.name, held.label, [part for part in parts if part.head]))
    return [held for held in found if held.parts]


def who_looked(*, person_id: int) -> list[tuple[Look, str]]:
    """Return the last hundred looks at a person's data with the name of who looked ("": at the command line)."""
    looks = list(looks_at(person_id=person_id)[:LOOKS])
    called = names(ids={look.by_id for look in looks if look.by_id is not None})
    return [(look, called.get(look.by_id, "") if look.by_id is not None else "") for look in looks]
