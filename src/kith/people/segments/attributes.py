"""The attributes a segment may ask for, and the tables they are read from.

Upper floors put their own attributes on the shelf. An attribute is an SQL expression over one of the
`Source`s below, compared with a list of text values; conditions on the same source inside one `all` meet on
the same row ("works in Vietnam and on the night shift" is one assignment).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from kith.kernel.registries import Registry


class Source(Enum):
    """Where an attribute's value stands, with the aliases its expression may use.

    PERSON is the person's own row (p), TIE a tie in force (t), PLACE the place of an employee in force
    (t, a, and of `PLACE_JOINS` those that are asked for).
    """

    PERSON = ""
    TIE = (
        "FROM people_tie t WHERE t.person_id = p.id AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)"
    )
    PLACE = (
        "FROM people_tie t JOIN people_assignment a ON a.tie_id = t.id{joins} "
        "WHERE t.person_id = p.id AND t.kind = 'employee' "
        "AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s) "
        "AND a.since <= %(day)s AND (a.until IS NULL OR a.until >= %(day)s)"
    )


PLACE_JOINS: Mapping[str, str] = {
    "s": " JOIN people_site s ON s.id = a.site_id",
    "u": " JOIN people_unit u ON u.id = a.unit_id",
    "h": " LEFT JOIN people_shift h ON h.id = a.shift_id",
}
"""What stands beside a place, by the alias an expression uses: none of them adds or takes away a row."""


@dataclass(frozen=True)
class Choice:
    """A value that may be picked on screen."""

    value: str
    label: str


@dataclass(frozen=True)
class Attribute:
    """Something a segment may ask of a person.

    `expression` is SQL over the source's aliases; with `pattern` the values are prefixes to match (a unit
    and all below it), otherwise one of them must be equal. With `boolean` it is a condition that is never
    NULL, and the values are `yes` and `no`. `choices(query, limit)` feeds the builder.
    """

    name: str
    label: StrPromise
    source: Source
    expression: str
    choices: Callable[[str, int], Sequence[Choice]]
    pattern: bool = False
    boolean: bool = False


ATTRIBUTES: Registry[Attribute] = Registry("people.attributes")


def attribute_label(name: str) -> str:
    """Return an attribute's label in the reader's language, its name when it is unknown."""
    return str(ATTRIBUTES.get(name).label) if name in ATTRIBUTES else name


EVERYONE_LABEL = _("Everyone")
