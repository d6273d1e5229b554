"""The shelf of moments: dates in people's lives that care may answer, found for all persons at once."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django_stubs_ext import StrOrPromise

from kith.care.fields import Field
from kith.kernel.registries import Registry

FURTHEST_ZONE = timedelta(hours=15)
"""A local date is at most so far from the one of UTC."""


def due(day: str) -> str:
    """Return the join `due (due_at, refused_at)`: the instant of the hour on the local `day`, and whether one refuses.

    The hour is the person's own, else `%(hour)s`. Asking a time zone is dear, and so is joining everybody's wishes:
    OFFSET keeps PostgreSQL from doing either before it knows whose day it is, or twice.
    """
    return (
        f"CROSS JOIN LATERAL (SELECT ({day} + make_interval(hours => coalesce(w.hour, %(hour)s))) "  # noqa: S608  (only our own SQL words)
        "AT TIME ZONE p.zone AS due_at, w.refused_at "
        "FROM (VALUES (1)) AS one (row) LEFT JOIN care_wishes w ON w.person_id = p.id OFFSET 0) AS due"
    )


@dataclass(frozen=True)
class Occurrences:
    """A SELECT over `people_person p` and the join `due` of (person_id, occasion, due_at).

    `sql` ends in a WHERE clause, to which a segment's is added; `occasion` names the instance ("2027"), so each
    happens once. `unique` is false where a person may meet one occasion twice (by two ties, say).
    """

    sql: str
    params: dict[str, Any]
    unique: bool = True


def days_after(*, days: int, after: datetime, upto: datetime, hour: int) -> dict[str, Any]:
    """Return the parameters of a moment so many days after an instant, by the local date and hour of each person.

    `wait` are the days, `first` and `last` the span in which the instant must lie: with a day and the furthest zone
    to spare at both ends, since `due` decides to the minute.
    """
    wait, slack = timedelta(days=days), FURTHEST_ZONE + timedelta(days=1)
    return {
        "wait": days, "first": after - wait - slack, "last": upto - wait + slack,
        "hour": hour, "after": after, "upto": upto,
    }  # fmt: skip


class Moment(ABC):
    """A kind of moment: what it is called, what a programme sets for it, what greetings may name of it."""

    label: StrOrPromise
    fields: Sequence[Field] = ()
    placeholders: Sequence[str] = ()

    @abstractmethod
    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return the occurrences whose local `hour` lies after `after` and not after `upto`."""

    def values(self, occasion: str) -> dict[str, str]:
        """Return the values of the placeholders for an occasion; a moment without placeholders has none."""
        del occasion
        return {}

    @abstractmethod
    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Return in words what comes round with an occasion."""


MOMENTS: Registry[Moment] = Registry("care.moments")
