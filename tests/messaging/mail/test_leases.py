"""Who sends which mail next: by urgency and hour, and never stuck behind a clock that was set back."""

from datetime import datetime, timedelta

import pytest

from kith.messaging.mail import sending
from kith.messaging.mail.models import MailOut
from tests.people.make import AT

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def waiting(address: str, *, next_try: datetime = AT, urgent: bool = False) -> MailOut:
    return MailOut.objects.create(
        address=address, subject="Shift", text="Shift", html="", message_class="service", urgent=urgent,
        next_try=next_try, created_at=AT,
    )  # fmt: skip


def taken(at: datetime) -> list[str]:
    return [mail.address for mail in sending.lease(at=at)]


def test_urgent_mails_go_first_and_then_those_whose_hour_came_first() -> None:
    waiting("second@sen.example", next_try=AT - MINUTE)
    waiting("first@sen.example", next_try=AT - 2 * MINUTE)
    waiting("urgent@sen.example", urgent=True)
    waiting("later@sen.example", next_try=AT + MINUTE)
    waiting("urgent-later@sen.example", next_try=AT + MINUTE, urgent=True)
    assert taken(AT) == ["urgent@sen.example", "first@sen.example", "second@sen.example"]


def test_a_lease_from_before_the_clock_was_set_back_does_not_count() -> None:
    waiting("lan@sen.example", next_try=AT - timedelta(days=1))
    assert taken(AT) == ["lan@sen.example"]
    set_back = AT - timedelta(hours=2)
    assert taken(set_back) == ["lan@sen.example"]
    assert taken(set_back) == []


def test_senders_whose_clocks_differ_a_little_keep_off_each_others_mails() -> None:
    waiting("lan@sen.example", next_try=AT - timedelta(days=1))
    assert taken(AT) == ["lan@sen.example"]
    assert taken(AT - sending.LEASE) == []
    assert taken(AT + sending.LEASE) == []
    assert taken(AT + sending.LEASE + timedelta(seconds=1)) == ["lan@sen.example"]
