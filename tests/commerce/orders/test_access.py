"""Another's order or bill is as missing as one that never was, whatever is tried with it."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from kith.access.tokens.models import OneTimeToken
from kith.billing.bills.actions import pay_link
from kith.billing.invoices.models import Invoice
from kith.commerce.orders import finding
from kith.commerce.orders.asking import Guest
from kith.commerce.orders.models import Order
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.kernel.subjects import Subject, describe
from kith.people.ties.models import Tie
from tests.access import make as access
from tests.billing.make import SECRET
from tests.commerce import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    shop = make.shop()
    made = make.order(shop.store, {shop.product: 2}, shop.employee, at_public_price=True).order
    tell_all(at=make.AT)
    return made


def addresses(order_id: object, bill_id: object) -> list[tuple[str, str]]:
    return [
        ("get", f"/orders/{order_id}/"), ("get", f"/orders/{order_id}/bill.pdf"), ("post", f"/orders/{order_id}/pay/"),
        ("post", f"/orders/{order_id}/cancel/"), ("post", f"/orders/{order_id}/cancel-units/"),
        ("get", f"/bills/{bill_id}/"), ("get", f"/bills/{bill_id}.pdf"), ("post", f"/bills/{bill_id}/pay/"),
    ]  # fmt: skip


def bytes_of(client: Client, method: str, url: str, own: object) -> tuple[int, bytes]:
    answer = getattr(client, method)(url, {"line": "1", "quantity": "1", "key": "k"})
    return answer.status_code, plain(answer.content).replace(str(own).encode(), b"ID")


def plain(content: bytes) -> bytes:
    """Return a page without the CSRF tokens, which differ in every answer."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


@pytest.mark.parametrize("roles", [(), ("hr",), ("agent",), ("communications",)])
def test_foreign_is_missing(order: Order, roles: tuple[str, ...]) -> None:
    client = access.client(people.employee(), *roles)
    bill, none = Invoice.objects.get(), uuid.uuid4()

    foreign = [bytes_of(client, m, url, i) for (m, url), i in zip(
        addresses(order.public_id, bill.public_id), [order.public_id] * 5 + [bill.public_id] * 3, strict=True)]  # fmt: skip
    missing = [bytes_of(client, m, url, none) for m, url in addresses(none, none)]
    assert {status for status, _body in foreign} == {404}
    assert foreign == missing
    order.refresh_from_db()
    assert order.status == "placed"


def test_desks_are_for_their_roles(order: Order) -> None:
    bill = Invoice.objects.get()
    shop = [f"/desk/orders/{order.public_id}/", "/desk/orders/", f"/desk/store/{order.store.code}/", "/desk/store/"]
    money = ["/desk/bills/", f"/desk/bills/{bill.public_id}/", "/admin/payment-processes/"]
    keeper, bookkeeper, nobody = (
        access.client(people.employee(), "shop"), access.client(people.employee(), "finance"),
        access.client(people.employee(), "hr"),
    )  # fmt: skip

    assert {keeper.get(url).status_code for url in shop} <= {200, 302}
    assert {bookkeeper.get(url).status_code for url in money} == {200}
    assert {keeper.get(url).status_code for url in money} == {403}
    assert {bookkeeper.get(url).status_code for url in shop} == {403}
    assert {nobody.get(url).status_code for url in [*shop, *money]} == {403}
    assert nobody.post(f"/desk/orders/{order.public_id}/advance/", {"to": "picking"}).status_code == 403


def test_who_stands_for_a_firm_sees_its_orders() -> None:
    shop = make.shop()
    firm = people.organization(kind="outside", name="Ngọc Lan Ltd")
    buyer, colleague = people.person(), people.person()
    for person in (buyer, colleague):
        Tie.objects.create(
            person=person, organization=shop.store.organization, kind="customer", for_organization=firm,
            since=people.LONG_AGO,
        )  # fmt: skip
    payer = make.billing.payer(organization=firm)
    made = make.order(shop.store, {shop.product: 1}, buyer, payer_id=payer.pk).order
    tell_all(at=make.AT)

    assert access.client(colleague).get(f"/orders/{made.public_id}/").status_code == 200
    assert access.client(colleague).get(f"/bills/{Invoice.objects.get().public_id}/").status_code == 200
    assert access.client(people.person()).get(f"/orders/{made.public_id}/").status_code == 404


def test_a_guest_finds_the_order_by_number_and_mailbox(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET
    shop = make.shop()
    guest = Guest("Lan", "lan@example.com")
    made = make.order(shop.store, {shop.product: 1}, None, guest=guest).order
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(finding, "send_link", lambda *, address, link, **_given: sent.append((address, link)) or 1)
    client = access.client()

    known = client.post("/orders/find/", {"number": made.number, "mailbox": "lan@example.com"})
    unknown = client.post("/orders/find/", {"number": "AAAA-AAAA", "mailbox": "x@example.com"})
    assert known.status_code == unknown.status_code == 200
    assert plain(known.content) == plain(unknown.content)
    assert finding.send(number="aaaaaaaa", mailbox="lan@example.com", at=make.AT) == 0
    assert finding.send(number=made.number, mailbox="eve@example.com", at=make.AT) == 0
    assert sent == []

    assert finding.send(number=made.number.lower().replace("-", " "), mailbox="LAN@example.com", at=clock.now()) == 1
    [(address, link)] = sent
    assert address == "lan@example.com"
    path = "/t/" + link.rsplit("/t/", 1)[1]
    assert client.get(path).status_code == 200
    assert client.get(f"/orders/{made.public_id}/").status_code == 404
    assert client.post(path)["Location"] == f"/orders/{made.public_id}/"
    assert client.get(f"/orders/{made.public_id}/").status_code == 200


def test_looking_up_is_limited() -> None:
    client = access.client()
    answers = [client.post("/orders/find/", {"number": "AAAA-AAAA", "mailbox": "x@example.com"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_a_bill_is_paid_by_its_link_without_an_account(order: Order, settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET
    bill = Invoice.objects.get()
    link = pay_link(invoice=bill, at=clock.now())
    client = access.client()

    text = client.get(link).content.decode()
    assert "₫200,000" in text
    assert "salary" not in text
    assert client.get(f"{link}bill.pdf").content.startswith(b"%PDF-")
    assert client.post(link, {"method": "payroll"}).status_code == 400
    page = client.post(link, {"method": "test-gateway", "amount": "1"})["Location"]
    assert client.post(page, {"answer": "pay"})["Location"] == link
    assert "Nothing is left to pay" in client.get(link).content.decode()
    assert client.post(link, {"method": "test-gateway"}).status_code == 409
    OneTimeToken.objects.update(expires_at=make.AT)
    assert client.get(link).status_code == 404
    assert client.get("/bills/pay/nonsense/").status_code == 404


def test_names_are_told_to_who_may_know(order: Order) -> None:
    subject, bill = Subject("order", order.pk), Subject("invoice", Invoice.objects.get().pk)

    assert describe(subjects=[subject, bill], person_id=people.person().pk) == {}
    mine = describe(subjects=[subject, bill], person_id=order.buyer_id)
    assert mine[subject].link == f"/orders/{order.public_id}/"
    assert mine[bill].label == "Bill 2026-000001"
