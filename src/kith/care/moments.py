"""The shelf of moments: dates in people's lives that care may answer, found for all persons at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Occurrences:
    """A SELECT over `people_person p` of (person_id, occasion, due_at); `where` of a segment is added to it.

    `sql` ends in a WHERE clause over alias p; `occasion` names the instance ("2027"), so each happens once.
    """

    sql: str
    params: dict[str, Any]


class Moment(Protocol):
    """A kind of moment."""

    @property
    def label(self) -> StrOrPromise:
        """What the moment is called."""
        ...

    def between(self, *, after: datetime, upto: datetime, hour: int) -> Occurrences:
        """Return the occurrences whose local `hour` lies after `after` and not after `upto`."""
        ...


MOMENTS: Registry[Moment] = Registry("care.moments")
