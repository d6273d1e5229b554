"""A holding declared as tables: which rows are a person's, what is shown of them, and how they end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django_stubs_ext import StrOrPromise

from kith.people.privacy.shelf import Erased, Gathered, HeldFile, Kept, Part, Retention


def plain(value: Any) -> Any:
    """Return a column's value as JSON can carry it: instants and days in ISO 8601, amounts and keys as text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


@dataclass(frozen=True)
class Table:
    """The rows of a model that are a person's.

    `person` are lookups of the person's id, any of which may hold. `shows` are the columns or lookups one is shown
    (nobody else's data among them). `subject` is the kind of subject these rows are. An erasure `deletes` the rows
    or writes `blanks` into them, both only `when` that holds; `keeps` says what stays and why, where rows stay.
    Without any of these a row stays as identifiers only. `mine` is false where the rows are others' matters that
    only name the person. `only` narrows which rows count at all.
    """

    model: type[Model]
    title: StrOrPromise
    shows: tuple[str, ...]
    person: tuple[str, ...] = ("person_id",)
    subject: str = ""
    deletes: bool = False
    blanks: Mapping[str, Any] = field(default_factory=dict)
    when: Q = field(default_factory=Q)
    keeps: Kept | None = None
    mine: bool = True
    only: Q = field(default_factory=Q)

    def rows(self, person_id: int) -> "QuerySet[Model]":
        """Return the person's rows, oldest first."""
        mine = Q()
        for lookup in self.person:
            mine |= Q(**{lookup: person_id})
        return self.model._default_manager.filter(mine, self.only).order_by("pk")  # noqa: SLF001

    def part(self, person_id: int) -> Part:
        """Return what is shown of the person's rows."""
        rows = self.rows(person_id).values(*self.shows) if self.shows else []
        found = [{name: plain(row[name]) for name in self.shows} for row in rows]
        return Part(self.model._meta.label_lower, self.title, found)  # noqa: SLF001

    def erase(self, person_id: int) -> Erased:
        """Delete or empty the person's rows."""
        rows = self.rows(person_id)
        ending, count = rows.filter(self.when), 0
        if self.deletes:
            count = ending.count()
            ending.delete()
        elif self.blanks:
            count = ending.update(**self.blanks)
        stays = rows.exclude(self.when) if (self.deletes or self.blanks) and self.when else rows
        kept = (self.keeps,) if self.keeps is not None and stays.exists() else ()
        return Erased(count, kept)

    def columns(self) -> frozenset[str]:
        """Return the model's own columns that are shown, emptied, or name the person."""
        named = [name.split("__")[0] for name in (*self.shows, *self.blanks, *self.person)]
        return frozenset(name.removesuffix("_id") for name in named)


def past(model: type[Model], *, column: str, days: int, when: Q | None = None) -> Callable[[datetime], int]:
    """Return what deletes the rows whose `column` (an instant or a day) is more than `days` ago, and counts them."""

    def end(at: datetime) -> int:
        over = model._default_manager.filter(when or Q(), **{f"{column}__lt": at - timedelta(days=days)})  # noqa: SLF001
        count = over.count()
        over.delete()
        return count

    return end


def no_subjects(_person_id: int) -> set[str]:
    """Return nothing: the holding has no matters beside its tables'."""
    return set()


@dataclass(frozen=True)
class Tables:
    """A holding made of tables.

    `refers` are columns that hold identifiers, codes or hashes only, and may keep them. `free` are
    texts in which anybody may be named. `files`, `also` and `matters` add what no table says: files shown, what
    else is erased, and subjects that are the person's.
    """

    label: StrOrPromise
    tables: tuple[Table, ...] = ()
    refers: Mapping[type[Model], tuple[str, ...]] = field(default_factory=dict)
    free: Mapping[type[Model], tuple[str, ...]] = field(default_factory=dict)
    retentions: tuple[Retention, ...] = ()
    parts: Callable[[int], tuple[Part, ...]] | None = None
    files: Callable[[int], tuple[HeldFile, ...]] | None = None
    also: Callable[[int, datetime], Erased] | None = None
    matters: Callable[[int], set[str]] = no_subjects

    def gather(self, *, person_id: int) -> Gathered:
        """Return the tables' rows, and what else there is."""
        parts = tuple(table.part(person_id) for table in self.tables if table.shows)
        more = self.parts(person_id) if self.parts else ()
        shown = tuple(part for part in (*parts, *more) if part.rows)
        return Gathered(shown, self.files(person_id) if self.files else ())

    def erase(self, *, person_id: int, at: datetime) -> Erased:
        """Erase in every table, then what else there is."""
        done = [self.also(person_id, at)] if self.also else []
        done += [table.erase(person_id) for table in self.tables]
        return Erased(sum(one.count for one in done), tuple(kept for one in done for kept in one.kept))

    def subjects(self, *, person_id: int) -> set[str]:
        """Return the subjects that the tables' rows are, and what else is the person's."""
        found = set(self.matters(person_id))
        for table in self.tables:
            if table.subject:
                found |= {f"{table.subject}:{key}" for key in table.rows(person_id).values_list("pk", flat=True)}
        return found

    def covers(self) -> Mapping[type[Model], frozenset[str]]:
        """Return every column that is shown, emptied, refers to a person, or is free text."""
        found: dict[type[Model], frozenset[str]] = {}
        for table in self.tables:
            found[table.model] = found.get(table.model, frozenset()) | table.columns()
        for declared in (self.refers, self.free):
            for model, names in declared.items():
                found[model] = found.get(model, frozenset()) | {name.removesuffix("_id") for name in names}
        return found
