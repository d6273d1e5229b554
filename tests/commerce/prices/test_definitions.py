"""What is kept in memory of a store is never stale: a change of any row that decides is seen at once."""

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from kith.commerce.orders.models import Order
from kith.commerce.orders.tasks import expire_due
from kith.commerce.prices.actions import set_price
from kith.commerce.prices.queries import counter
from kith.commerce.products.actions import ProductData, save_product
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.segments.actions import save_segment
from kith.supply.stock.models import StockLevel
from tests.access import make as access
from tests.commerce import make

AT = make.AT


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_on_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make.shop()
    reader = access.client(shop.employee)
    url = f"/store/{shop.store.code}/{shop.product.slug}/"

    def shows(price: str) -> bool:
        return price in reader.get(url).content.decode()

    for _ in range(2):
        assert shows("₫75,000")
    staff = shop.store.price_lists.exclude(segment=None).get()
    staff.percent_off = Decimal(50)
    staff.save()
    assert shows("₫50,000")
    segment = staff.segment
    save_segment(name=segment.name, rule={"attribute": "tie", "is": ["dealer"]}, at=AT, by_id=None, segment=segment)
    assert not shows("₫50,000")
    set_price(price_list=make.public_list(shop.store), product=shop.product, amount=Decimal(90000))
    now = time.monotonic()
    monkeypatch.setattr("kith.portal.shell.shortly.time.monotonic", lambda: now + 2.1)
    assert shows("₫90,000")
    process = make.billing.process("bill")
    assert counter(store=shop.store.code, person_id=None, at=AT).process == process
    shop.store.is_open = False
    shop.store.save()
    assert reader.get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_kept_definitions_save_queries(django_assert_num_queries: object) -> None:
    shop = make.shop()
    counter(store=shop.store.code, person_id=None, at=AT)
    with django_assert_num_queries(1):  # type: ignore[operator]
        counter(store=shop.store.code, person_id=None, at=AT)


@pytest.mark.django_db
def test_a_list_counts_from_its_first_to_its_last_day_where_the_store_is() -> None:
    shop = make.shop()
    promotion = make.price_list(
        shop.store, segment=make.employees(), percent_off=Decimal(60), valid_from=date(2026, 12, 1),
        valid_until=date(2026, 12, 1),
    )  # fmt: skip

    def counts(at: datetime) -> bool:
        here = counter(store=shop.store.code, person_id=shop.employee.pk, at=at)
        return promotion.pk in {rules.id for rules in here.lists}

    assert [counts(datetime(2026, 11, 30, hour, 59, tzinfo=UTC)) for hour in (16, 17)] == [False, True]
    assert [counts(datetime(2026, 12, 1, hour, 59, tzinfo=UTC)) for hour in (16, 17)] == [True, False]


@pytest.mark.django_db
def test_prices_of_half_a_dong_and_nameless_products_are_refused() -> None:
    shop = make.shop()
    with pytest.raises(BadInput, match="smallest unit"):
        set_price(price_list=make.public_list(shop.store), product=shop.product, amount=Decimal("0.5"))
    with pytest.raises(BadInput, match="name"):
        save_product(data=ProductData("S-1", Text(), Text(), make.category()), at=AT)
    with pytest.raises(BadInput, match="GTIN"):
        save_product(data=ProductData("S-1", Text(en="x"), Text(), make.category(), gtin="5901234123458"), at=AT)
    slugs = [
        save_product(data=ProductData(f"S-{n}", Text(en=name), Text(), make.category()), at=AT).slug
        for n, name in enumerate(["Trà Đá", "Tra da", "Basket", "莲花"])
    ]
    assert slugs == ["tra-da", "tra-da-2", "basket-2", "s-3"]


@pytest.mark.django_db
def test_the_desk_changes_products_prices_and_stock(client: Client) -> None:
    shop = make.shop(stock=0)
    keeper = access.client(make.people.employee(), "shop")
    base = f"/desk/store/{shop.store.code}/"
    assert shop.product.name["en"] in keeper.get(base).content.decode()
    assert keeper.get(f"{base}{shop.product.slug}/").status_code == 200

    public = make.public_list(shop.store)
    prices = {"price_list": public.pk, "min_quantity": "1", "amount": "88000"}
    assert keeper.post(f"{base}{shop.product.slug}/price/", prices).status_code == 302
    assert keeper.post(f"{base}{shop.product.slug}/stock/", {"what": "receive", "quantity": "7"}).status_code == 302
    assert keeper.post(f"{base}{shop.product.slug}/stock/", {"what": "count", "quantity": "5"}).status_code == 302
    assert "₫88,000" in client.get(f"/store/{shop.store.code}/{shop.product.slug}/").content.decode()
    assert shop.product.item.levels.get().on_hand == 5
    for path, wrong in (("price", {**prices, "amount": "x"}), ("stock", {"what": "count", "quantity": "-1"})):
        assert keeper.post(f"{base}{shop.product.slug}/{path}/", wrong).status_code == 400
    body = {"name_en": "New tea", "sku": "N-1", "category": shop.product.category_id, "tax_code": "standard",
            "quota_units": "1", "shape": "tin", "is_active": "on"}  # fmt: skip
    made = keeper.post(f"{base}new/", body)
    assert made["Location"] == f"{base}new-tea/"
    assert keeper.post(f"{base}new-tea/", {**body, "name_en": ""}).status_code == 400
    assert keeper.post(f"{base}new-tea/", {**body, "name_en": "Newer tea"}).status_code == 302
    assert "Newer tea" in keeper.get(f"{base}?q=newer").content.decode()
    assert keeper.get(f"{base}?after=%00&q=%00").status_code == 200


@pytest.mark.django_db
def test_an_order_goes_its_way_at_the_desk(settings: object) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = make.billing.SECRET  # type: ignore[attr-defined]
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee).order
    waiting = make.order(shop.store, {shop.product: 1}, shop.employee, method="test-gateway").order
    keeper = access.client(make.people.employee(), "shop")
    url = f"/desk/orders/{order.public_id}/"
    assert keeper.post(f"{url}advance/", {"to": "shipped"}).status_code == 409
    for step in ("picking", "packed", "shipped", "shipped", "delivered"):
        assert keeper.post(f"{url}advance/", {"to": step}).status_code == 302
    assert Order.objects.get(pk=order.pk).status == "delivered"
    level = StockLevel.objects.get()
    assert (level.on_hand, level.reserved) == (8, 1)
    assert "It has arrived" in keeper.get(url).content.decode()

    assert expire_due(at=AT + timedelta(minutes=29)) == 0
    assert expire_due(at=AT + timedelta(minutes=30)) == 1
    assert expire_due(at=AT + timedelta(minutes=30)) == 0
    assert Order.objects.get(pk=waiting.pk).status == "expired"
    assert StockLevel.objects.get().reserved == 0
