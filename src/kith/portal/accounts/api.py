"""Ledger entries and balances for programs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.endpoints.paging import Paging, newest
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.ledger.lots.kinds import KINDS
from kith.people.persons.models import Person
from kith.portal.accounts.queries import balances_of, entries_of, holder_for
from kith.portal.feed.keys import Thing, public_keys, subjects_in, thing_of

router = Router(tags=["ledger"])


class EntryOut(Schema):
    """One step of a lot; amounts are decimals as text, in the unit of the kind."""

    kind: str
    step: str
    amount: str
    source: str
    reference: Thing | None
    valid_from: date
    expires_on: date | None
    effective_on: date
    at: datetime


class EntryPage(Schema):
    """A page of entries, the newest first."""

    items: list[EntryOut]
    next: str | None


class BalanceOut(Schema):
    """What a person has of a kind on a day."""

    kind: str
    unit: str
    currency: str
    granted: str
    reserved: str
    consumed: str
    expired: str
    available: str


class Balances(Schema):
    """Every kind the person has or had."""

    items: list[BalanceOut]


class Whose(Schema):
    """Whose accounts."""

    person: Annotated[UUID | None, Field(description="Another person: for HR, finance, administrators.")] = None


class WhichEntries(Paging, Whose):
    """Which entries."""

    kind: Annotated[str, Field(max_length=60)] = ""


class WhichBalances(Whose):
    """Which day."""

    as_of: Annotated[date | None, Field(description="Today where not given.")] = None


def _holder(request: PersonRequest, asked: UUID | None) -> Person:
    found = holder_for(person=request.person, roles=request.roles, asked=asked)
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def _shown(kind: str, amount: Decimal) -> str:
    return KINDS.get(kind).shown(amount) if kind in KINDS else f"{amount:f}"


@router.get("/ledger/entries", response=EntryPage, summary="Entries of the ledger")
@allow(signed_in)
def entries(request: PersonRequest, asked: Query[WhichEntries]) -> EntryPage:
    """List the entries of one's own lots: leave, quotas, points, budgets."""
    holder = _holder(request, asked.person)
    rows, following = newest(entries_of(person_id=holder.pk, kind=asked.kind), asked)
    keys = public_keys(subjects_in(row.reference for row in rows))
    items = [
        EntryOut(
            kind=row.lot.kind,
            step=row.step,
            amount=_shown(row.lot.kind, row.amount),
            source=row.lot.source,
            reference=thing_of(row.reference, keys),
            valid_from=row.lot.valid_from,
            expires_on=row.lot.expires_on,
            effective_on=row.effective_on,
            at=row.at,
        )
        for row in rows
    ]
    return EntryPage(items=items, next=following)


@router.get("/ledger/balances", response=Balances, summary="Balances of the ledger")
@allow(signed_in)
def balances(request: PersonRequest, asked: Query[WhichBalances]) -> Balances:
    """List what one has of each kind on a day; a balance is computed from the entries, never kept."""
    holder = _holder(request, asked.person)
    day = asked.as_of or clock.local_date(clock.now(), holder.zone)
    items = [
        BalanceOut(
            kind=kind,
            unit=KINDS.get(kind).unit if kind in KINDS else "",
            currency=KINDS.get(kind).currency if kind in KINDS else "",
            granted=_shown(kind, held.granted),
            reserved=_shown(kind, held.reserved),
            consumed=_shown(kind, held.consumed),
            expired=_shown(kind, held.expired),
            available=_shown(kind, held.available),
        )
        for kind, held in balances_of(person_id=holder.pk, as_of=day).items()
    ]
    return Balances(items=items)
