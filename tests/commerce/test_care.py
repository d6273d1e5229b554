from datetime import UTC, datetime

import pytest

from kith.care.programmes import actions
from kith.care.programmes.models import Run
from kith.commerce.orders.models import Order, OrderStatus
from tests.care import make as care
from tests.commerce import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def test_a_week_after_an_order_came_and_once_for_each() -> None:
    care.programme("order-delivered", {"days": 7}, [care.greet()])
    store = make.store()
    product = make.product(store)
    buyer = people.customer(zone="UTC")
    orders = [make.order(store, {product: 1}, buyer).order for _each in range(3)]
    arrived = datetime(2027, 3, 1, 15, tzinfo=UTC)
    kept = Order.objects.filter(pk__in=[order.pk for order in orders[:2]])
    kept.update(status=OrderStatus.DELIVERED, delivered_at=arrived)
    for hour in (datetime(2027, 3, 8, 8, 59, tzinfo=UTC), datetime(2027, 3, 8, 9, tzinfo=UTC)):
        before = Run.objects.count()
        actions.begin_due(at=hour)
        assert before == 0
    actions.begin_due(at=datetime(2027, 3, 9, 9, tzinfo=UTC))
    found = Run.objects.order_by("occasion").values_list("occasion", "due_at")
    due = datetime(2027, 3, 8, 9, tzinfo=UTC)
    assert list(found) == sorted((f"order-{order.pk}", due) for order in orders[:2])
