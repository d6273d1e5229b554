"""What is kept too long is gone on the next day, and nothing a day younger."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from kith.access.apitokens.models import ApiToken
from kith.access.grants.models import Grant
from kith.access.looks.models import Look
from kith.billing.invoices.models import Invoice
from kith.care.offers.models import GiftOffer
from kith.care.preferences.models import Preference
from kith.care.programmes.models import Run
from kith.commerce.baskets.models import Basket
from kith.commerce.orders.models import Order
from kith.kernel.idempotency.models import IdempotencyKey
from kith.kernel.imports.models import ImportedRow
from kith.kernel.tasks.running import run_due_ticks
from kith.messaging.deliveries.models import Message
from kith.messaging.mail.models import MailOut
from kith.people.calendars.models import Absence
from kith.people.privacy.models import ErasureRequest
from kith.people.privacy.shelf import HOLDINGS
from kith.people.privacy.tasks import end_retention
from kith.support.requests.models import Saying, ServiceRequest
from tests.people.make import AT
from tests.people.privacy import life

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def own_text(_rows: Any = None) -> int:
    return Message.objects.filter(body__en__contains=life.NAME).count()


ENDS: list[tuple[str, datetime, Callable[[], int]]] = [
    ("absences", datetime(2026, 1, 5, tzinfo=AT.tzinfo) + timedelta(days=3 * 365), Absence.objects.count),
    ("requests to erase", AT + timedelta(days=3 * 365), ErasureRequest.objects.count),
    ("keys of programs", AT + timedelta(days=9 + 365), ApiToken.objects.count),
    ("looks", AT + timedelta(days=730), Look.objects.count),
    ("what care did", AT + timedelta(days=2 * 365), Run.objects.count),
    ("gifts offered", AT + timedelta(days=2 * 365), GiftOffer.objects.count),
    ("likes", datetime(2030, 1, 1, tzinfo=AT.tzinfo), Preference.objects.count),
    ("baskets", AT + timedelta(days=180), Basket.objects.count),
    ("addresses of orders", AT + timedelta(days=3 * 365), Order.objects.exclude(ship_to="").count),
    ("answers to commands", AT + timedelta(days=90), IdempotencyKey.objects.count),
    ("journals of imports", AT + timedelta(days=365), ImportedRow.objects.count),
    ("mails", AT + timedelta(days=90), MailOut.objects.exclude(state="waiting").count),
]


@pytest.mark.parametrize(("what", "last", "count"), ENDS, ids=[one[0] for one in ENDS])
def test_it_is_there_on_the_last_day_and_gone_on_the_next(what: str, last: datetime, count: Callable[[], int]) -> None:
    life.life(life.boss())
    MailOut.objects.update(state="sent", created_at=AT)
    IdempotencyKey.objects.update(at=AT)
    before = count()
    assert before > 0
    end_retention.run(last - timedelta(minutes=1))
    assert count() == before
    end_retention.run(last + DAY + timedelta(minutes=1))
    assert count() == 0, what


def test_what_was_said_in_closed_requests_goes_after_three_years() -> None:
    life.life(life.boss())
    closed = ServiceRequest.objects.order_by("pk").first()
    assert closed is not None
    ServiceRequest.objects.filter(pk=closed.pk).update(state="closed", closed_at=AT, answered_at=AT)
    end_retention.run(AT + timedelta(days=3 * 365 - 1))
    assert Saying.objects.filter(request=closed).exists()
    end_retention.run(AT + timedelta(days=3 * 365 + 1))
    closed.refresh_from_db()
    assert (Saying.objects.filter(request=closed).count(), closed.title) == (0, "[…]")
    assert Saying.objects.exists(), "an open request stays whole"


def test_roles_that_ended_go_after_three_years() -> None:
    boss = life.boss()
    Grant.objects.filter(person=boss, role="shop").update(until=AT)
    end_retention.run(AT + timedelta(days=3 * 365 + 1))
    assert set(Grant.objects.filter(person=boss).values_list("role", flat=True)) >= {"administrator", "hr"}
    assert not Grant.objects.filter(role="shop").exists()


@pytest.mark.django_db(transaction=True)
def test_bills_lose_their_names_when_the_law_no_longer_wants_them_and_stay_refused_otherwise() -> None:
    life.life(life.boss())
    bills = Invoice.objects.count()
    end_retention.run(datetime(2036, 12, 31, tzinfo=AT.tzinfo))
    assert Invoice.objects.filter(payer_name=life.NAME).count() == bills
    end_retention.run(datetime(2037, 1, 1, tzinfo=AT.tzinfo))
    assert Invoice.objects.filter(payer_name="", payer_lines="").count() == bills
    with pytest.raises(Exception, match="never changed"):
        Invoice.objects.update(payer_name="somebody")


def test_the_daily_tick_does_it() -> None:
    life.life(life.boss())
    later = AT + timedelta(days=731)
    assert "people.end-retention" in run_due_ticks(at=later)
    assert not Look.objects.exists()


def test_every_retention_has_a_sentence_of_its_own() -> None:
    sentences = [str(retention.sentence) for holding in HOLDINGS for retention in holding.retentions]
    assert len(sentences) == len(set(sentences)) > 12
