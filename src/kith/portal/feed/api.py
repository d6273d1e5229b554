"""Facts for programs: everything that happened, in one order, from a position on."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.endpoints.paging import MOST
from kith.access.policies import allow, any_of, has_role, operator
from kith.access.requests import PersonRequest
from kith.kernel.facts import FACTS
from kith.kernel.refusals import BadInput
from kith.portal.feed.keys import Thing
from kith.portal.feed.queries import Outside, facts_after, told_outside

router = Router(tags=["facts"])
HIGHEST = 2**63 - 1


class FactOut(Schema):
    """Something that happened. `by`: the person who did it, null where it happened by itself."""

    position: int
    type: str
    at: datetime
    by: UUID | None
    about: list[Thing]
    data: dict[str, Any]


class FactPage(Schema):
    """Facts in order. `last` is the position to ask `after` next; `next` is the same, null when that was all."""

    items: list[FactOut]
    last: int
    next: int | None


class After(Schema):
    """From where on, of which kind, how many."""

    after: Annotated[
        int, Field(ge=0, le=HIGHEST, description="The `last` of the page before; 0: from the first on.")
    ] = 0
    type: Annotated[str, Field(max_length=80, description="Only this type, such as commerce.OrderPlaced.")] = ""
    limit: Annotated[int, Field(ge=1, description=f"Rows wanted; more than {MOST} gives {MOST}.")] = 100


@router.get("/facts", response=FactPage, summary="What happened after a position")
@allow(any_of(has_role("administrator"), operator))
def facts(request: PersonRequest, asked: Query[After]) -> FactPage:
    """List facts in the order of their positions. Facts hold identifiers only; a position is never given twice.

    Ask again with `last`: nothing is passed over, however long the transactions were that made the facts.
    """
    del request
    if asked.type and asked.type not in FACTS:
        raise BadInput(_("There is no such type of fact."), field="type")
    size = min(asked.limit, MOST)
    rows = list(facts_after(position=asked.after, kinds=[asked.type] if asked.type else ())[: size + 1])
    shown = rows[:size]
    last = (shown[-1].position or 0) if shown else asked.after
    items = [fact_out(fact) for fact in told_outside(shown)]
    return FactPage(items=items, last=last, next=last if len(rows) > size else None)


def fact_out(fact: Outside) -> FactOut:
    """Return a fact as programs get it."""
    return FactOut(
        position=fact.position,
        type=fact.kind,
        at=fact.at,
        by=fact.by,
        about=[Thing(kind=kind, id=key) for kind, key in fact.about],
        data=fact.data,
    )
