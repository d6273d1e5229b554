"""Reads for the proof: every recipient of a notice with state, text and time; and a manager's own people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import UNHEARD, Delivery, State
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
    answer: str = ""
    remark: str = ""
    joined_at: datetime | None = None


def receipts(notice: Notice) -> Iterator[Receipt]:
    """Yield a receipt for every recipient in the order of their keys, memory flat."""
    if notice.message_id is None:
        return
    labels = [Text(option["label"]).in_language("en") for option in notice.options]
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
                answer=labels[row.answer] if row.answer is not None and row.answer < len(labels) else "",
                remark=row.remark or "",
                joined_at=row.joined_at,
            )
        after = rows[-1].person_id


def recipients(notice: Notice) -> QuerySet[Delivery]:
    """Return the deliveries of a notice, none before it is published."""
    return Delivery.objects.filter(message_id=notice.message_id) if notice.message_id else Delivery.objects.none()


def my_outstanding(notice: Notice, *, manager_id: int, day: date) -> list[Person]:
    """Return a line manager's own people who still have to acknowledge, by name."""
    if notice.message_id is None:
        return []
    waiting = Delivery.objects.filter(message_id=notice.message_id, state__in=UNHEARD).values("person_id")
    return list(reports_of(manager_id=manager_id, day=day).filter(pk__in=waiting))


def outstanding_people(notice: Notice, *, limit: int = 500) -> list[Person]:
    """Return the first persons by name who still have to answer, for those on duty."""
    waiting = recipients(notice).filter(state__in=UNHEARD).values("person_id")
    return list(Person.objects.filter(pk__in=waiting, deactivated_at=None).order_by("sort_key", "id")[:limit])
