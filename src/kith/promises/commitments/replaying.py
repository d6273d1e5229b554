"""Where a promise stands as a pure function of its events: the log alone gives state, owner, due time and next look."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from kith.people.calendars.working import WorkingTime, working_between
from kith.promises.commitments.models import State, What

_STARTS = {What.OPENED.value, What.RESUMED.value}
_STOPS = {What.PAUSED.value, What.KEPT.value, What.WITHDRAWN.value}


class Happening(Protocol):
    """What replaying needs of an event."""

    @property
    def what(self) -> str:
        """What happened."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def until(self) -> datetime | None:
        """The instant it named: due, or looked at next."""
        ...

    @property
    def to_person_id(self) -> int | None:
        """Who got it, or was told."""
        ...


@dataclass(frozen=True)
class Clock:
    """Where a promise stands: what its row says too. `chain` lists its owners, the present one last."""

    opened_at: datetime
    first_due_at: datetime
    due_at: datetime
    next_check_at: datetime | None
    chain: tuple[int, ...]
    state: str = State.OPEN
    extended_at: datetime | None = None
    paused_at: datetime | None = None
    overdue_at: datetime | None = None
    level: int = 0
    escalated_to_id: int | None = None
    settled_at: datetime | None = None


class BrokenLogError(ValueError):
    """The events do not tell the story of a promise: the first is not its opening, or one lacks its instant."""


def replay(events: Iterable[Happening]) -> Clock:
    """Return where a promise stands after its events, in their order; `BrokenLogError` where they make no sense."""
    clock: Clock | None = None
    for event in events:
        if event.what == What.OPENED:
            clock = _opened(event)
        elif clock is None:
            message = f"The log begins with {event.what!r}."
            raise BrokenLogError(message)
        else:
            clock = _after(clock, event)
    if clock is None:
        message = "There are no events."
        raise BrokenLogError(message)
    return clock


def worked(events: Iterable[Happening], working: WorkingTime, *, until: datetime) -> timedelta:
    """Return the working time that passed while the clock ran, from opening to settling or `until`, without pauses.

    By the events and the hours in force on each day alone: other hours from a later day on change nothing before it.
    """
    passed, since = timedelta(), None
    for event in events:
        if event.at >= until:
            break
        if since is None and event.what in _STARTS:
            since = event.at
        elif since is not None and event.what in _STOPS:
            passed += working_between(working, since, event.at)
            since = None
    return passed + (working_between(working, since, until) if since is not None else timedelta())


def _until(event: Happening) -> datetime:
    if event.until is None:
        message = f"The event {event.what!r} says no instant."
        raise BrokenLogError(message)
    return event.until


def _opened(event: Happening) -> Clock:
    due = _until(event)
    if event.to_person_id is None:
        message = "It was opened for nobody."
        raise BrokenLogError(message)
    return Clock(opened_at=event.at, first_due_at=due, due_at=due, next_check_at=due, chain=(event.to_person_id,))


def _after(clock: Clock, event: Happening) -> Clock:
    match event.what:
        case What.PASSED_ON:
            return replace(clock, chain=(*clock.chain, event.to_person_id or 0))
        case What.EXTENDED:
            due = _until(event)
            return replace(
                clock,
                due_at=due,
                next_check_at=due,
                extended_at=event.at,
                level=0,
                overdue_at=None,
                escalated_to_id=None,
            )
        case What.PAUSED:
            return replace(clock, state=State.PAUSED, paused_at=event.at, next_check_at=_until(event))
        case What.RESUMED:
            due = _until(event)
            return replace(clock, state=State.OPEN, paused_at=None, due_at=due, next_check_at=due)
        case What.OVERDUE | What.ESCALATED:
            return replace(
                clock,
                level=clock.level + 1,
                overdue_at=clock.overdue_at or event.at,
                escalated_to_id=event.to_person_id,
                next_check_at=_until(event),
            )
        case What.KEPT | What.WITHDRAWN:
            state = State.KEPT if event.what == What.KEPT else State.WITHDRAWN
            return replace(clock, state=state, paused_at=None, next_check_at=None, settled_at=event.at)
    message = f"Nobody knows the event {event.what!r}."
    raise BrokenLogError(message)
