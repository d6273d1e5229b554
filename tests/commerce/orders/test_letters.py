"""Buyers are told once, in their language, with a link that works for them."""

import pytest

from kith.commerce.orders.actions import advance, cancel_units
from kith.commerce.orders.asking import Guest
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.messaging.deliveries.models import Delivery, Message
from tests.access import make as access
from tests.commerce import make

pytestmark = pytest.mark.django_db
AT = make.AT


def test_an_order_is_confirmed_and_its_cancellation_told_once() -> None:
    shop = make.shop()
    access.login(shop.employee)
    order = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll").order
    tell_all(at=AT)
    tell_all(at=AT)
    message = Message.objects.get()
    assert message.title["en"] == f"Your order {order.number}"
    assert f"2 × {shop.product.name['en']}: 150.000" in message.body["vi"]
    assert "合计 ₫150,000" in message.body["zh-Hans"]
    assert (message.link, message.about) == (f"/orders/{order.public_id}/", f"order:{order.pk}")
    assert Delivery.objects.get().person_id == shop.employee.pk

    cancel_units(line=order.lines.get(), quantity=1, by_id=None, caller="x", idempotency_key="k", at=AT)
    for step in ("picking", "packed", "shipped"):
        advance(order=order, to=step, by_id=1, at=AT)
    tell_all(at=AT)
    titles = [message.title["en"] for message in Message.objects.order_by("id")[1:]]
    assert titles == [
        f"Cancelled: 1 × {shop.product.name['en']}, order {order.number}", f"Order {order.number} is on its way"
    ]  # fmt: skip


def test_a_guest_gets_links_that_show_the_order_and_pay_the_bill() -> None:
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 1}, None, guest=Guest("Lan", "lan@example.com"), at=clock.now()).order
    tell_all(at=clock.now())
    links = {message.about.partition(":")[0]: message.link for message in Message.objects.all()}
    client = access.client()

    assert client.get(f"/orders/{order.public_id}/").status_code == 404
    assert client.get(links["order"]).status_code == 200
    assert client.post(links["order"])["Location"] == f"/orders/{order.public_id}/"
    assert client.get(f"/orders/{order.public_id}/").status_code == 200
    assert "₫100,000" in client.get(links["invoice"]).content.decode()


def test_who_has_paid_gets_no_bill_to_pay() -> None:
    shop = make.shop()
    make.order(shop.store, {shop.product: 1}, shop.employee, method="payroll")
    tell_all(at=AT)

    assert [message.about.partition(":")[0] for message in Message.objects.all()] == ["order"]
