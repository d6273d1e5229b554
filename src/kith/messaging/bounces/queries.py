"""Reads of reports."""

from kith.messaging.bounces.models import Bounce


def reports_of(*, person_id: int, limit: int) -> list[Bounce]:
    """Return the newest reports about mails to a person."""
    return list(Bounce.objects.filter(person_id=person_id).order_by("-id")[:limit])
