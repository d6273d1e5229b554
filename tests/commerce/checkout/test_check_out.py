"""From the basket to the order over HTTP: employees, customers, guests; nothing is ever ordered twice."""

import re
from typing import Any

import pytest
from django.test import Client

from kith.billing.invoices.models import Invoice
from kith.billing.payments.models import Payment
from kith.commerce.baskets.models import BasketLine
from kith.commerce.orders.models import Order, OrderStatus
from kith.kernel.facts.telling import tell_all
from kith.supply.stock.models import StockLevel
from tests.access import make as access
from tests.billing.make import SECRET
from tests.commerce import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
ADDRESS = "18 Hàng Gai, Hà Nội"


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET


def put(client: Client, shop: make.Shop, quantity: int = 2) -> None:
    answer = client.post(
        f"/store/{shop.store.code}/basket/", {"product": shop.product.public_id, "quantity": quantity, "add": "1"}
    )
    assert answer.status_code == 302


def form_of(client: Client, url: str) -> dict[str, str]:
    """Return the hidden values of the check-out form."""
    text = client.get(url).content.decode()
    found = re.findall(r'<input type="hidden" name="(key|expected_total|price)" value="([^"]*)"', text)
    found += re.findall(r'<input type="hidden" name="(price)"', text) and []
    return dict(found)


def order_by(client: Client, shop: make.Shop, **given: str) -> Any:
    url = f"/store/{shop.store.code}/checkout/"
    return client.post(url, {**form_of(client, url), "ship_to": ADDRESS, **given})


def test_an_employee_orders_from_the_salary_and_cancels_one() -> None:
    shop = make.shop()
    client = access.client(shop.employee)
    put(client, shop)
    page = client.get(f"/store/{shop.store.code}/checkout/").content.decode()
    assert "Take ₫150,000 from my salary of" in page
    assert "takes 2 of your yearly quota" in page

    answer = order_by(client, shop, method="payroll", consent="on")
    order = Order.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/orders/{order.public_id}/")
    assert BasketLine.objects.count() == 0
    tell_all(at=make.AT)
    page = client.get(answer["Location"]).content.decode()
    assert "We have your order" in page
    assert "Bill 2026-000001" in page

    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    body = {"line": order.lines.get().pk, "quantity": "1", "key": key}
    for _ in range(2):
        assert client.post(f"/orders/{order.public_id}/cancel-units/", body).status_code == 302
    assert order.lines.get().cancelled == 1
    tell_all(at=make.AT)
    page = client.get(answer["Location"]).content.decode()
    assert "1 cancelled" in page
    assert "Credit note C2026-000001" in page
    bills = client.get("/bills/").content.decode()
    assert "2026-000001" in bills
    assert "C2026-000001" in bills
    bill = Invoice.objects.get(kind="invoice")
    assert "Still to pay" in client.get(f"/bills/{bill.public_id}/").content.decode()
    pdf = client.get(f"/bills/{bill.public_id}.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.content == client.get(f"/bills/{bill.public_id}.pdf").content


def test_the_same_form_sent_again_leads_to_the_same_order() -> None:
    shop = make.shop()
    client = access.client(shop.employee)
    put(client, shop)
    url = f"/store/{shop.store.code}/checkout/"
    body = {**form_of(client, url), "ship_to": ADDRESS, "method": "bill"}
    first = client.post(url, body)
    again = [client.post(url, body) for _ in range(3)]

    assert {answer["Location"] for answer in again} == {first["Location"]}
    assert (Order.objects.count(), StockLevel.objects.get().reserved) == (1, 2)
    other = client.post(url, {**body, "ship_to": "elsewhere"})
    assert other.status_code == 422
    assert Order.objects.count() == 1


def test_without_agreement_everything_typed_is_kept() -> None:
    shop = make.shop()
    client = access.client(shop.employee)
    put(client, shop)
    answer = order_by(client, shop, method="payroll")
    text = answer.content.decode()

    assert answer.status_code == 400
    assert "agree to the deduction" in text
    assert ADDRESS in text
    assert (Order.objects.count(), BasketLine.objects.get().quantity) == (0, 2)


def test_problems_come_with_ways_out() -> None:
    shop = make.shop(stock=3, quota=1)
    client = access.client(shop.employee)
    put(client, shop, 5)
    page = client.get(f"/store/{shop.store.code}/checkout/").content.decode()

    assert "only 3 are left" in page
    assert "This takes 5 from your yearly quota, and 1 are left." in page
    for way in ("Take 3", "Take only 1 of", "Buy at the public price instead", "Take it out"):
        assert way in page
    client.post(
        f"/store/{shop.store.code}/basket/",
        {"product": shop.product.public_id, "quantity": 3, "back": "check-out"},
    )
    public = client.get(f"/store/{shop.store.code}/checkout/?price=public").content.decode()
    assert "₫300,000" in public
    assert "yearly quota" not in public
    url = f"/store/{shop.store.code}/checkout/?price=public"
    answer = client.post(url, {**form_of(client, url), "ship_to": ADDRESS, "method": "bill"})
    assert answer.status_code == 302
    assert Order.objects.get().total == 300000


def test_a_guest_orders_pays_at_the_gateway_and_sees_the_order_and_the_bill() -> None:
    shop = make.shop()
    client = access.client()
    put(client, shop, 1)
    answer = order_by(client, shop, method="test-gateway", name="Lan Nguyễn", mailbox="lan@example.com")
    payment = Payment.objects.get()
    assert answer["Location"] == f"/pay/test/{payment.public_id}/"
    assert "₫100,000" in client.get(answer["Location"]).content.decode()

    back = client.post(answer["Location"], {"answer": "pay"})
    order = Order.objects.get()
    assert back["Location"] == f"/orders/{order.public_id}/"
    assert (order.status, order.mailbox) == (OrderStatus.PLACED, "lan@example.com")
    tell_all(at=make.AT)
    assert "We have your order" in client.get(back["Location"]).content.decode()
    assert client.get(f"{back['Location']}bill.pdf").content.startswith(b"%PDF-")
    assert order.number in client.get("/orders/").content.decode()
    stranger = access.client()
    assert stranger.get(back["Location"]).status_code == 404
    assert stranger.get(f"{back['Location']}bill.pdf").status_code == 404


def test_giving_up_at_the_gateway_allows_another_try() -> None:
    shop = make.shop()
    client = access.client(people.customer())
    put(client, shop, 1)
    page = order_by(client, shop, method="test-gateway")["Location"]
    order_url = client.post(page, {"answer": "no"})["Location"]
    assert "Pay now" in client.get(order_url).content.decode()

    second = client.post(f"{order_url}pay/")["Location"]
    assert second != page
    client.post(second, {"answer": "pay"})
    assert Order.objects.get().status == OrderStatus.PLACED
    client.post(page, {"answer": "pay"})
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["captured", "refunded"]


def test_a_visitors_basket_comes_along_with_signing_in() -> None:
    shop = make.shop()
    client = access.client()
    put(client, shop, 1)
    visitor = client.session
    mine = access.client(shop.employee)
    session = mine.session
    session[f"basket:{shop.store.code}"] = visitor[f"basket:{shop.store.code}"]
    session.save()
    put(mine, shop, 2)

    assert BasketLine.objects.get().quantity == 3
    assert BasketLine.objects.get().basket.person == shop.employee


@pytest.mark.parametrize(
    "extra",
    [
        {"total": "1", "price_list": "1", "state": "placed", "status": "placed"},
        {"buyer": "1", "payer": "00000000-0000-0000-0000-000000000000"},
        {"amount": "1", "unit_price": "1", "role": "shop", "is_staff": "1"},
    ],
)
def test_extra_fields_change_nothing(extra: dict[str, str]) -> None:
    shop = make.shop()
    client = access.client(shop.employee)
    put(client, shop)
    order_by(client, shop, method="bill", **extra)

    order = Order.objects.get()
    assert (order.total, order.buyer, order.payer.person) == (150000, shop.employee, shop.employee)


@pytest.mark.parametrize("quantity", ["", "-1", "x", "1.5", "99999", "1e3", "\x00"])
def test_odd_quantities_are_refused_in_a_sentence(quantity: str) -> None:
    shop = make.shop()
    client = access.client(shop.employee)
    answer = client.post(f"/store/{shop.store.code}/basket/", {"product": shop.product.public_id, "quantity": quantity})

    assert answer.status_code == 400
    assert "whole number" in answer.content.decode()
