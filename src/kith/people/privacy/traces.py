"""By what a person can be recognized in texts that others wrote, and taking it out of them."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model, Q
from django.utils.translation import gettext as _
from markupsafe import escape
from psycopg import sql

from kith.kernel.folding import fold
from kith.people.persons.models import Person
from kith.people.privacy.shelf import HOLDINGS
from kith.people.ties.models import Tie

MARK = "[…]"
_SHORTEST = 3
_NUMBER = 6
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class Traces:
    """Names, addresses and numbers of a person as they may stand in a text.

    `shared` are names that somebody else here bears too: they name nobody for sure and stay where others wrote them.
    """

    words: tuple[str, ...]
    shared: tuple[str, ...] = ()


def traces_of(*, person_id: int) -> Traces:
    """Return by what a person can be recognized; short names and plain short numbers are no trace."""
    person = Person.objects.get(pk=person_id)
    names = [name for name in (person.full_name, person.preferred_name) if len(name) >= _SHORTEST]
    others = Person.objects.exclude(pk=person_id)
    shared = [
        name
        for name in dict.fromkeys(names)
        if others.filter(Q(full_name__icontains=name) | Q(preferred_name__iexact=name)).exists()
    ]
    alone = [name for name in dict.fromkeys(names) if name not in shared]
    numbers = [n for n in Tie.objects.filter(person_id=person_id).values_list("number", flat=True) if _telling(n)]
    words = [*alone, *(fold(name) for name in alone), person.mailbox, person.phone, *numbers]
    return Traces(tuple(dict.fromkeys(word for word in words if word)), tuple(shared))


def _telling(number: str) -> bool:
    mixed = any(c.isdigit() for c in number) and any(not c.isdigit() for c in number)
    return len(number) >= _NUMBER or (mixed and len(number) >= _SHORTEST)


def pattern_of(words: Sequence[str], *, in_json: bool = False) -> str:
    """Return a PostgreSQL regular expression that finds each of `words` as a whole; longer ones first.

    In the text of JSON what JSON escapes is looked for escaped, and a line break before a word is no letter; in
    other texts the words are looked for as HTML writes them too.
    """
    spelled = {json.dumps(word, ensure_ascii=False)[1:-1] for word in words} if in_json else _also_html(words)
    begins = r"(?:(?<!\w)|(?<=\\[nrtbf]))" if in_json else r"(?<!\w)"
    parts = []
    for word in sorted(spelled, key=len, reverse=True):
        literal = re.sub(r"([^\w\s])", r"\\\1", word)
        parts.append(literal if _NO_SPACES.search(word) else rf"{begins}{literal}(?!\w)")
    return "|".join(parts)


def _also_html(words: Sequence[str]) -> set[str]:
    return {*words, *(str(escape(word)) for word in words)}


def scrub(*, traces: Traces) -> int:
    """Take a person's traces out of every free text of every holding; return how many rows were changed."""
    if not traces.words:
        return 0
    changed = 0
    for holding in HOLDINGS:
        for model, names in holding.free.items():
            for name in names:
                changed += _scrub(model, model._meta.get_field(name), traces)  # noqa: SLF001
    return changed


def _scrub(model: type[Model], column: Any, traces: Traces) -> int:
    is_json = isinstance(column, JSONField)
    pattern = pattern_of(traces.words, in_json=is_json)
    held = sql.Identifier(str(column.column))
    text = sql.SQL("{}::text").format(held) if is_json else held
    new = sql.SQL("regexp_replace({}, %(pattern)s, %(mark)s, 'gi')").format(text)
    statement = sql.SQL("UPDATE {table} SET {held} = {new} WHERE {text} ~* %(pattern)s").format(
        table=sql.Identifier(model._meta.db_table),  # noqa: SLF001
        held=held,
        new=sql.SQL("({})::jsonb").format(new) if is_json else new,
        text=text,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"pattern": pattern, "mark": MARK})
        return int(cursor.rowcount)


def shared_sentence(traces: Traces) -> str:
    """Return what is said of names that stay, "" where none does."""
    if not traces.shared:
        return ""
    return _("“%s” is somebody else's name here too; where others wrote it, it stays.") % "”, “".join(traces.shared)
