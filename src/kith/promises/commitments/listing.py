"""The list of the desk: what is asked of it, and one page of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kith.people.organizations.models import Unit
from kith.people.ties.models import Assignment
from kith.people.ties.queries import in_force
from kith.promises.commitments.models import UNSETTLED, Promise, State

PAGE = 50


class Tab(StrEnum):
    """Which promises a list shows."""

    OVERDUE = "overdue"
    OPEN = "open"
    PAUSED = "paused"
    SETTLED = "settled"


@dataclass(frozen=True)
class Wanted:
    """What a list was asked for; unknown words fall back to everything."""

    tab: Tab = Tab.OPEN
    kind: str = ""
    unit: Unit | None = None
    after: UUID | None = None

    def address(self, **changed: str) -> str:
        """Return the query string for the same list with something changed; the page begins anew."""
        parts = {"tab": self.tab.value, "kind": self.kind, "unit": str(self.unit.public_id) if self.unit else ""}
        return "?" + urlencode({key: value for key, value in {**parts, **changed}.items() if value})


def of_tab(tab: Tab, *, at: datetime) -> Q:
    """Return the condition of a tab at `at`."""
    return {
        Tab.OVERDUE: Q(state=State.OPEN, due_at__lte=at),
        Tab.OPEN: Q(state__in=UNSETTLED),
        Tab.PAUSED: Q(state=State.PAUSED),
        Tab.SETTLED: Q(state__in=[State.KEPT, State.WITHDRAWN]),
    }[tab]


def counts(promises: QuerySet[Promise], *, at: datetime) -> dict[str, int]:
    """Return how many promises stand under each tab. One query."""
    found: dict[str, int] = promises.order_by().aggregate(
        **{tab.value: Count("pk", filter=of_tab(tab, at=at)) for tab in Tab}
    )
    return found


def narrowed(promises: QuerySet[Promise], wanted: Wanted, *, at: datetime) -> QuerySet[Promise]:
    """Return the promises of a kind and of a unit (opened for it, or its people's), whatever their state."""
    if wanted.kind:
        promises = promises.filter(kind=wanted.kind)
    if wanted.unit is not None:
        theirs = Assignment.objects.filter(
            in_force(at.date()), unit=wanted.unit, tie__person_id=OuterRef("owner_id"), tie__kind="employee"
        )
        promises = promises.filter(Q(unit=wanted.unit) | Q(Exists(theirs), unit__isnull=True))
    return promises


def one_page(promises: QuerySet[Promise], wanted: Wanted, *, at: datetime) -> tuple[list[Promise], Promise | None]:
    """Return a page of the tab and the promise after which the next one begins (None: it was the last).

    Open ones soonest due first, settled ones latest due first.
    """
    found = promises.filter(of_tab(wanted.tab, at=at))
    settled = wanted.tab == Tab.SETTLED
    last = Promise.objects.filter(public_id=wanted.after).first() if wanted.after else None
    if last is not None:
        side = "lt" if settled else "gt"
        found = found.filter(
            Q(**{f"due_at__{side}": last.due_at}) | Q(**{"due_at": last.due_at, f"id__{side}": last.pk})
        )
    rows = list(found.order_by(*(("-due_at", "-id") if settled else ("due_at", "id")))[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1] if len(rows) > PAGE else None
