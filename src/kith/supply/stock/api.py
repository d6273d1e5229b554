"""Stock for programs: read only, in order of the levels, a page at a time."""

from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.endpoints.paging import Paging, oldest
from kith.access.policies import allow, any_of, has_role, operator
from kith.access.requests import PersonRequest
from kith.supply.stock.queries import levels

router = Router(tags=["stock"])
MOST = 1000


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


class WhichLevels(Paging):
    """Which levels; a page has 200 unless told, at most 1,000."""

    limit: Annotated[int, Field(ge=1, description="Rows wanted; more than 1000 gives 1000.")] = 200
    sku: Annotated[str, Field(max_length=64)] = ""
    warehouse: Annotated[str, Field(max_length=40)] = ""

    @property
    def size(self) -> int:
        """How many rows a page has at most."""
        return min(self.limit, MOST)


@router.get("/stock", response=LevelPage, summary="Stock")
@allow(any_of(has_role("shop", "finance", "administrator"), operator))
def stock(request: PersonRequest, asked: Query[WhichLevels]) -> LevelPage:
    """List the stock levels."""
    del request
    found = levels()
    if asked.sku:
        found = found.filter(item__sku=asked.sku)
    if asked.warehouse:
        found = found.filter(warehouse__code=asked.warehouse)
    rows, following = oldest(found, asked)
    items = [
        LevelOut(
            sku=row.item.sku,
            warehouse=row.warehouse.code,
            on_hand=row.on_hand,
            reserved=row.reserved,
            available=row.available,
        )
        for row in rows
    ]
    return LevelPage(items=items, next=following)
