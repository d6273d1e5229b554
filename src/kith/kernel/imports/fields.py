"""What a kind of import takes: its fields, and what a value of each type must look like."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

from kith.kernel.imports import checks
from kith.kernel.imports.checks import Check, WrongValueError

__all__ = ["Derived", "Field", "FieldType", "WrongValueError", "checker", "column_type"]


class FieldType(StrEnum):
    """The types a field may have."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    BOOLEAN = "boolean"
    TEXTS = "texts"
    EMAIL = "email"
    COUNTRY = "country"
    CURRENCY = "currency"
    LANGUAGE = "language"
    ZONE = "zone"
    CHOICE = "choice"
    LIST = "list"


_COLUMNS = {
    FieldType.INTEGER: "bigint", FieldType.DECIMAL: "numeric", FieldType.DATE: "date", FieldType.BOOLEAN: "boolean",
    FieldType.DATETIME: "timestamptz", FieldType.TIME: "time", FieldType.TEXTS: "jsonb", FieldType.LIST: "jsonb",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of a kind of import. Files know it by `name`, people by `label`.

    `max_length` counts characters; `minimum` and `maximum` bound numbers, `scale` their decimal places;
    `choices` are the only values of a CHOICE; `items` are the fields of each element of a LIST (elements are
    validated like rows); `multiline` lets a TEXT hold line breaks; `also` looks at a clean TEXT
    once more and may raise; `help` and `example` go into the template.
    """

    name: str
    type: FieldType = FieldType.TEXT
    label: str | Promise = ""
    help: str | Promise = ""
    required: bool = False
    max_length: int = 200
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    scale: int = 4
    choices: tuple[str, ...] = ()
    items: "tuple[Field, ...]" = ()
    multiline: bool = False
    example: str = ""
    also: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Derived:
    """A text column of the stage that follows from fields: `make` is called with the clean values of `of`.

    It is there when the file gives any of them; those it does not give are None.
    """

    name: str
    of: tuple[str, ...]
    make: Callable[..., str]


def column_type(field: Field) -> str:
    """Return the PostgreSQL type of a field's column in the stage table."""
    return _COLUMNS.get(field.type, "text")


def checker(field: Field) -> Check:
    """Return the function that makes a raw value clean or raises `WrongValueError` with the reason.

    It is called with values that are not empty. What comes out can be copied into `column_type(field)`.
    """
    simple: dict[FieldType, Callable[[object], object]] = {
        FieldType.DATE: checks.a_date,
        FieldType.DATETIME: checks.a_datetime,
        FieldType.TIME: checks.a_time,
        FieldType.BOOLEAN: checks.a_boolean,
        FieldType.EMAIL: checks.an_email,
        FieldType.COUNTRY: checks.a_country,
        FieldType.CURRENCY: checks.a_currency,
        FieldType.LANGUAGE: checks.a_language,
        FieldType.ZONE: checks.a_zone,
    }
    if field.type in simple:
        return simple[field.type]
    if field.type in {FieldType.INTEGER, FieldType.DECIMAL}:
        return checks.number(
            whole=field.type is FieldType.INTEGER, minimum=field.minimum, maximum=field.maximum, scale=field.scale
        )
    if field.type is FieldType.CHOICE:
        return checks.choice(field.choices)
    if field.type is FieldType.TEXTS:
        return checks.texts(checks.words(field.max_length, multiline=field.multiline))
    first, also = checks.words(field.max_length, multiline=field.multiline), field.also
    return first if also is None else lambda value: also(str(first(value)))
