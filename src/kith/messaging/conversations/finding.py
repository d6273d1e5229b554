"""Finding colleagues by what people know of them: mailbox, personnel number, full name."""

import re

from kith.kernel.folding import fold
from kith.people.persons.models import Person
from kith.people.persons.queries import by_mailbox
from kith.people.ties.models import Tie, TieKind

MOST = 200
_BETWEEN = re.compile(r"[,;\n]+")


def found_people(words: str) -> tuple[list[Person], str]:
    """Return the persons that words name, one between commas or lines, and the first word that names none or several.

    At most three queries a word; the caller limits the words.
    """
    found: dict[int, Person] = {}
    for number, word in enumerate(each.strip() for each in _BETWEEN.split(words) if each.strip()):
        person = _one(word) if number < MOST else None
        if person is None:
            return list(found.values()), word[:60]
        found[person.pk] = person
    return list(found.values()), ""


def _one(word: str) -> Person | None:
    if "@" in word:
        return by_mailbox(address=word)
    ties = Tie.objects.filter(kind=TieKind.EMPLOYEE, number=word).select_related("person")[:2]
    named = Person.objects.filter(sort_key=fold(word)[:200], deactivated_at=None, merged_into=None)
    people = [tie.person for tie in ties] or list(named.filter(ties__kind=TieKind.EMPLOYEE).distinct()[:2])
    return people[0] if len(people) == 1 else None
