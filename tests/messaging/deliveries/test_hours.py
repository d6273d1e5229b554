"""When a held message may leave, in every kind of zone, over both change-over weekends."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kith.messaging.deliveries import actions
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.models import Delivery, MessageClass, Severity
from tests.messaging import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
ZONES = (
    "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Auckland", "Australia/Lord_Howe", "Australia/Adelaide",
    "Asia/Tokyo", "Asia/Shanghai", "Asia/Ho_Chi_Minh", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Asia/Dubai",
    "Africa/Cairo", "Europe/Berlin", "Europe/London", "UTC", "America/Sao_Paulo", "America/St_Johns",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu",
    "Pacific/Pago_Pago",
)  # fmt: skip
WEEKENDS = (datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 10, 30, 12, tzinfo=UTC))


def expected(at: datetime, zone: str) -> datetime | None:
    """Return the next 07:00 on the wall where it is night (21:00 to 07:00), None by day."""
    local = at.astimezone(ZoneInfo(zone))
    if 7 <= local.hour < 21:
        return None
    day = local.date() + timedelta(days=1 if local.hour >= 21 else 0)
    return datetime.combine(day, time(7), tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("begin", WEEKENDS, ids=["spring", "autumn"])
def test_nobody_is_disturbed_at_night_in_24_zones_over_a_change_of_clocks(begin: datetime) -> None:
    readers = {people.person(zone=zone).pk: zone for zone in ZONES}
    wrong = []
    for hours in range(0, 48, 3):
        at = begin + timedelta(hours=hours)
        message = actions.send_message(message=NewMessage(title=make.BOTH, body=make.BOTH), to=list(readers), at=at)
        for row in Delivery.objects.filter(message=message):
            zone = readers[row.person_id]
            if row.hold_until != expected(at, zone):
                wrong.append((zone, at, row.hold_until))
            if row.hold_until is not None:
                assert row.hold_until.astimezone(ZoneInfo(zone)).hour == 7
                assert row.hold_until > at
    assert wrong == []


@pytest.mark.parametrize(
    ("message_class", "severity", "held"),
    [
        (MessageClass.SERVICE, Severity.NORMAL, True),
        (MessageClass.MARKETING, Severity.IMPORTANT, True),
        (MessageClass.SURVEY, Severity.QUIET, True),
        (MessageClass.TRANSACTIONAL, Severity.NORMAL, False),
        (MessageClass.SAFETY, Severity.NORMAL, False),
        (MessageClass.SERVICE, Severity.URGENT, False),
        (MessageClass.MARKETING, Severity.URGENT, False),
    ],
)
def test_what_may_wait_and_what_breaks_through(message_class: MessageClass, severity: Severity, *, held: bool) -> None:
    lan = people.employee()
    new = NewMessage(title=make.BOTH, body=make.BOTH, message_class=message_class, severity=severity)
    actions.send_message(message=new, to=[lan.pk], at=datetime(2026, 11, 24, 20, tzinfo=UTC))
    row = Delivery.objects.get()
    assert (row.hold_until is not None) == held
    assert row.reason == ("hours" if held else "breakthrough" if severity == Severity.URGENT else "direct")
