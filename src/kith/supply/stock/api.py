"""Stock for programs: read only, in order of the levels, a page at a time."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from kith.access.policies import allow, any_of, has_role, operator
from kith.kernel.refusals import BadInput
from kith.supply.stock.queries import levels

router = Router(tags=["stock"])


class LevelOut(Schema):
    """How many of an item a warehouse has, how many are promised, how many may be sold."""

    sku: str
    warehouse: str
    on_hand: int
    reserved: int
    available: int


class LevelPage(Schema):
    """A page of levels; `next` is the cursor of the following one, null on the last."""

    items: list[LevelOut]
    next: str | None


@router.get("/stock", response={200: LevelPage})
@allow(any_of(has_role("shop", "finance", "administrator"), operator))
def stock(
    request: HttpRequest,
    cursor: Annotated[str, Field(max_length=20)] = "",
    limit: Annotated[int, Field(ge=1, le=1000)] = 200,
) -> LevelPage:
    """List the stock levels."""
    del request
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):  # noqa: PLR2004  (digits of a bigint)
        raise BadInput(_("The cursor is one that an earlier page gave."), field="cursor")
    rows = list(levels().filter(pk__gt=int(cursor or 0)).order_by("pk")[: limit + 1])
    items = [
        LevelOut(
            sku=row.item.sku,
            warehouse=row.warehouse.code,
            on_hand=row.on_hand,
            reserved=row.reserved,
            available=row.available,
        )
        for row in rows[:limit]
    ]
    return LevelPage(items=items, next=str(rows[limit - 1].pk) if len(rows) > limit else None)
