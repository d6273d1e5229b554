"""Reads of devices, numbers and nudges."""

from django.db.models import QuerySet

from kith.messaging.nudges.models import Nudge, Number, PushDevice


def devices_of(*, person_id: int) -> list[PushDevice]:
    """Return the devices that a person is told on, newest first."""
    return list(PushDevice.objects.filter(person_id=person_id).order_by("-id"))


def number_of(*, person_id: int) -> Number | None:
    """Return a person's number, confirmed or not."""
    return Number.objects.filter(person_id=person_id).first()


def newest(*, limit: int) -> QuerySet[Nudge]:
    """Return the newest nudges."""
    return Nudge.objects.order_by("-id")[:limit]
