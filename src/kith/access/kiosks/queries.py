"""Reads of kiosks."""

from django.db.models import QuerySet

from kith.access.kiosks.models import Kiosk, Pin


def registered() -> QuerySet[Kiosk]:
    """Return the kiosks in use, by name."""
    return Kiosk.objects.filter(revoked_at=None).select_related("site", "registered_by").order_by("name", "id")


def has_pin(*, login_id: int) -> bool:
    """Say whether a login has a PIN that opens kiosks."""
    return Pin.objects.filter(login_id=login_id, void_at=None).exists()
