"""Reads for the proof: every recipient of a notice with state, text and time; and a manager's own people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kith.messaging.deliveries.models import OUTSTANDING, Delivery, State
from kith.notices.publishing.models import Notice
from kith.people.persons.models import Person
from kith.people.ties.queries import reports_of

BATCH = 2000


@dataclass(frozen=True)
class Receipt:
    """One recipient's line of the proof. Instants are UTC; `sha256` names the exact rendering that was read."""

    person: str
    number: str
    state: State
    opened_at: datetime | None
    acknowledged_at: datetime | None
    language: str
    sha256: str
    via: str


def receipts(notice: Notice) -> Iterator[Receipt]:
    """Yield a receipt for every recipient in the order of their keys, memory flat."""
    if notice.message_id is None:
        return
    after = 0
    while True:
        rows = list(
            Delivery.objects.filter(message_id=notice.message_id, person_id__gt=after).order_by("person_id")[:BATCH]
        )
        if not rows:
            return
        known = {
            key: (name, str(public_id))
            for key, name, public_id in Person.objects.filter(pk__in=[row.person_id for row in rows]).values_list(
                "id", "full_name", "public_id"
            )
        }
        for row in rows:
            name, public_id = known.get(row.person_id, ("", ""))
            yield Receipt(
                person=name,
                number=public_id,
                state=State(row.state),
                opened_at=row.opened_at,
                acknowledged_at=row.acknowledged_at,
                language=row.seen_language or "",
                sha256=row.seen_sha256 or "",
                via=row.via or "",
            )
        after = rows[-1].person_id


def my_outstanding(notice: Notice, *, manager_id: int, day: date) -> list[Person]:
    """Return a line manager's own people who still have to acknowledge, by name."""
    if notice.message_id is None:
        return []
    waiting = Delivery.objects.filter(message_id=notice.message_id, state__in=OUTSTANDING).values("person_id")
    return list(reports_of(manager_id=manager_id, day=day).filter(pk__in=waiting))
