"""From lines that people type or paste to persons: by mailbox, personnel number, or a full name only one has."""

from collections.abc import Sequence

from django.db.models import Q

from kith.kernel.folding import fold
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind

MAX_LINES = 500


def lines_of(pasted: str) -> tuple[str, ...]:
    """Return the lines of a pasted list, each once, at most 500; of `Name <mailbox>` the mailbox."""
    lines = []
    for line in pasted.replace(";", "\n").replace(",", "\n").splitlines():
        words = line.strip().strip('"')
        if words.endswith(">") and "<" in words:
            words = words.rpartition("<")[2][:-1].strip()
        if words and "\0" not in words:
            lines.append(words[:254])
    return tuple(dict.fromkeys(lines))[:MAX_LINES]


def named(lines: Sequence[str]) -> tuple[dict[int, Person], tuple[str, ...]]:
    """Return the persons by key that lines name, and the lines that name nobody or more than one; two queries."""
    if not lines:
        return {}, ()
    folded = [fold(line) for line in lines]
    numbers = dict(Tie.objects.filter(kind=TieKind.EMPLOYEE, number__in=lines).values_list("number", "person_id"))
    people = Person.objects.filter(
        Q(mailbox__in=[line.lower() for line in lines]) | Q(mailbox__in=lines) | Q(sort_key__in=folded)
        | Q(pk__in=numbers.values()),
        deactivated_at=None,
        merged_into=None,
    )  # fmt: skip
    by_key: dict[int, Person] = {}
    by_mailbox: dict[str, Person] = {}
    by_name: dict[str, list[Person]] = {}
    for person in people:
        by_key[person.pk] = person
        by_mailbox[person.mailbox.lower()] = person
        by_name.setdefault(person.sort_key, []).append(person)
    found: dict[int, Person] = {}
    unknown: list[str] = []
    for line, name in zip(lines, folded, strict=True):
        same = by_name.get(name, [])
        known = by_mailbox.get(line.lower()) or by_key.get(numbers.get(line, 0))
        meant = known or (same[0] if len(same) == 1 else None)
        if meant is None:
            unknown.append(line)
        else:
            found[meant.pk] = meant
    return found, tuple(unknown)
