"""Pages by cursor: a capped number of rows, and where the next page begins."""

from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput

M = TypeVar("M", bound=Model)
MOST = 200


class Paging(Schema):
    """Which part of a list is asked for."""

    cursor: Annotated[str, Field(max_length=300, description="`next` of the page before; empty for the first.")] = ""
    limit: Annotated[int, Field(ge=1, description=f"Rows wanted; more than {MOST} gives {MOST}.")] = 50

    @property
    def size(self) -> int:
        """How many rows a page has at most."""
        return min(self.limit, MOST)


def number_in(cursor: str) -> int | None:
    """Return the key in a cursor, None in an empty one; `BadInput` where it is none of ours."""
    if not cursor:
        return None
    number = whole(cursor)
    if number is None:
        raise BadInput(_("The cursor is one that an earlier page gave."), field="cursor")
    return number


def newest(rows: QuerySet[M], paging: Paging) -> tuple[list[M], str | None]:
    """Return a page of rows, the newest (highest key) first, and the cursor of the next page."""
    after = number_in(paging.cursor)
    found = rows.order_by("-pk") if after is None else rows.filter(pk__lt=after).order_by("-pk")
    return _cut(list(found[: paging.size + 1]), paging.size)


def oldest(rows: QuerySet[M], paging: Paging) -> tuple[list[M], str | None]:
    """Return a page of rows, the oldest (lowest key) first, and the cursor of the next page."""
    after = number_in(paging.cursor)
    found = rows.order_by("pk") if after is None else rows.filter(pk__gt=after).order_by("pk")
    return _cut(list(found[: paging.size + 1]), paging.size)


def _cut(rows: list[M], size: int) -> tuple[list[M], str | None]:
    return rows[:size], str(rows[size - 1].pk) if len(rows) > size else None
