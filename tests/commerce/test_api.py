"""The read-only API: own orders for everybody, all of them for whose work it is, pages by cursor."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path
from ninja import NinjaAPI

from kith.access.apitokens.actions import issue_token
from kith.access.apitokens.auth import BearerToken
from kith.commerce.orders.api import router as orders
from kith.commerce.products.api import router as products
from kith.kernel import clock
from kith.people.persons.models import Person
from kith.supply.stock.api import router as stock
from tests.access import make as access
from tests.commerce import make
from tests.people import make as people

api = NinjaAPI(auth=BearerToken(), openapi_url=None, docs_url=None, urls_namespace="tests-commerce")
for _router in (orders, products, stock):
    api.add_router("", _router)
urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("kith.portal.shell.urls")),
    path("", include("kith.portal.signin.urls")),
    path("", include("kith.commerce.urls")),
    path("", include("kith.billing.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def get(person: Person, url: str, *roles: str) -> tuple[int, Any]:
    access.grant(person, *roles)
    token = issue_token(
        person=person, name="bar", scopes=["read"], at=clock.now(), expires_at=clock.now() + timedelta(days=1)
    )
    answer = Client().get(f"/api/v1/{url}", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


def test_orders_are_ones_own_unless_it_is_ones_work() -> None:
    shop = make.shop()
    mine = make.order(shop.store, {shop.product: 2}, shop.employee).order
    other = make.order(shop.store, {shop.product: 1}, people.customer()).order

    status, page = get(shop.employee, "orders")
    assert (status, [item["number"] for item in page["items"]], page["next"]) == (200, [mine.number], None)
    assert page["items"][0]["lines"][0] == {
        "sku": shop.product.item.sku, "name": shop.product.name["en"], "quantity": 2, "cancelled": 0,
        "unit_price": "75000", "total": "150000",
    }  # fmt: skip
    assert get(shop.employee, f"orders/{other.public_id}")[0] == 404
    status, page = get(people.employee(), "orders?limit=1", "finance")
    assert [item["number"] for item in page["items"]] == [other.number]
    assert [item["number"] for item in get(people.employee(), f"orders?cursor={page['next']}", "shop")[1]["items"]] == [
        mine.number
    ]


def test_stock_is_for_those_who_work_with_it() -> None:
    shop = make.shop(stock=7)
    make.order(shop.store, {shop.product: 2}, shop.employee)

    assert get(people.employee(), "stock")[0] == 403
    status, page = get(people.employee(), "stock", "shop")
    assert (status, page["items"]) == (
        200,
        [
            {
                "sku": shop.product.item.sku,
                "warehouse": shop.store.warehouse.code,
                "on_hand": 7,
                "reserved": 2,
                "available": 5,
            }
        ],
    )


def test_products_come_in_pages() -> None:
    store = make.store()
    made = [make.product(store) for _ in range(3)]
    status, first = get(people.person(), "products?limit=2")
    assert status == 200
    rest = get(people.person(), f"products?limit=2&cursor={first['next']}")[1]

    assert {item["slug"] for item in [*first["items"], *rest["items"]]} == {product.slug for product in made}
    assert rest["next"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "cursor=x", "cursor=-1", "cursor=99999999999999999999"])
def test_odd_questions_are_answered_in_the_400s(query: str) -> None:
    assert get(people.person(), f"orders?{query}", "shop")[0] in {400, 422}


def test_without_a_token_nothing_is_shown() -> None:
    assert Client().get("/api/v1/orders").status_code == 401
