"""The shop's pages: own prices with their reason, the same number of queries for one product and for three."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.access import make as access
from tests.commerce import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def test_a_visitor_sees_public_prices_and_an_employee_their_own(client: Client) -> None:
    shop = make.shop()
    product_url = f"/store/{shop.store.code}/{shop.product.slug}/"

    for url in (f"/store/{shop.store.code}/", product_url):
        text = client.get(url).content.decode()
        assert "₫100,000" in text
        assert "₫75,000" not in text
        mine = access.client(shop.employee).get(url).content.decode()
        assert "₫75,000" in mine
    page = access.client(shop.employee).get(product_url).content.decode()
    assert "-₫25,000" in page
    assert "Relation: Employee" in page or "Employee" in page
    assert "5 pieces left of your quota" in page
    assert 'itemtype="https://schema.org/Offer"' in page
    assert "style=" not in page


@pytest.mark.parametrize(("visitor", "most"), [("visitor", 5), ("", 9)])  # cold; what all see alike is kept 2 s
def test_the_list_costs_the_same_for_one_and_for_three(
    visitor: str,
    most: int,
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    shop = make.shop()
    reader = client if visitor else access.client(shop.employee)
    url = f"/store/{shop.store.code}/"
    reader.get(url)
    with django_assert_max_num_queries(most) as one:
        assert shop.product.name["en"] in reader.get(url).content.decode()
    extra = [make.product(shop.store) for _ in range(2)]
    with django_assert_max_num_queries(most) as three:
        text = reader.get(url).content.decode()
    assert all(product.name["en"] in text for product in extra)
    assert len(one) == len(three)


@pytest.mark.parametrize(("visitor", "most"), [("visitor", 5), ("", 8)])
def test_a_product_costs_few_queries(
    visitor: str,
    most: int,
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    shop = make.shop()
    reader = client if visitor else access.client(shop.employee)
    url = f"/store/{shop.store.code}/{shop.product.slug}/"
    reader.get(url)
    with django_assert_max_num_queries(most):
        reader.get(url)


def test_search_folds_and_facets_count(client: Client) -> None:
    store = make.store()
    tea, cake = make.category("tea"), make.category("cake")
    green = make.category("green-tea", parent=tea)
    make.product(store, category=green, name=make.Text(en="Lotus tea", vi="Trà sen Đà Lạt", **{"zh-Hans": "莲花茶"}))
    make.product(store, category=tea, name=make.Text(en="Jasmine tea"))
    make.product(store, category=cake, name=make.Text(en="Rice cake"))

    def found(query: str) -> set[str]:
        text = client.get(f"/store/{store.code}/?{query}").content.decode()
        return {name for name in ("Lotus tea", "Jasmine tea", "Rice cake") if name in text}

    assert found("q=da+lat") == {"Lotus tea"}
    assert found("q=trà+SEN") == {"Lotus tea"}
    assert found("q=莲花") == {"Lotus tea"}
    assert found("q=tea") == {"Lotus tea", "Jasmine tea"}
    assert found("q=jas") == {"Jasmine tea"}
    assert found("category=tea") == {"Lotus tea", "Jasmine tea"}
    assert found("category=cake") == {"Rice cake"}
    assert found("category=nothing") == set()
    text = client.get(f"/store/{store.code}/").content.decode()
    assert "Category" in text
    assert "(2)" in text


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=99999999999", "page=x", "sort=;drop", "q=%00", "q='&|!:*", "q=\\"]
)
def test_odd_questions_get_a_page(query: str, client: Client) -> None:
    shop = make.shop()

    assert client.get(f"/store/{shop.store.code}/?{query}").status_code == 200


def test_a_closed_store_is_not_there_for_strangers(client: Client) -> None:
    store = make.store(is_public=False, segment=make.employees())
    product = make.product(store)
    employee = people.employee(unit=people.unit(organization=store.organization))

    for url in (f"/store/{store.code}/", f"/store/{store.code}/{product.slug}/", f"/store/{store.code}/basket/"):
        assert client.get(url).status_code == 404
        assert access.client(people.person()).get(url).status_code == 404
        assert access.client(employee).get(url).status_code == 200


def test_pages_go_on_after_24(client: Client) -> None:
    store = make.store()
    for _ in range(26):
        make.product(store)
    first = client.get(f"/store/{store.code}/").content.decode()
    second = client.get(f"/store/{store.code}/?page=2").content.decode()

    assert (first.count("k-tile-title"), second.count("k-tile-title")) == (24, 2)


def test_the_picture_is_an_svg_for_a_year(client: Client) -> None:
    shop = make.shop()
    answer = client.get(f"/pictures/products/{shop.product.slug}.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.startswith(b"<svg")
    assert client.get("/pictures/products/none.svg").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_shared_page_carries_each_visitors_own_token(django_assert_num_queries: Any) -> None:
    shop = make.shop()
    url = f"/store/{shop.store.code}/{shop.product.slug}/"
    first, second = access.client(csrf=True), access.client(csrf=True)
    pages = [visitor.get(url).content.decode() for visitor in (first, second)]
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)) for page in pages]

    assert not tokens[0] & tokens[1]
    assert "\x00" not in pages[1]
    with django_assert_num_queries(0):
        access.client().get(url)
    put = {"product": shop.product.public_id, "quantity": "1", "csrfmiddlewaretoken": tokens[1].pop()}
    assert second.post(f"/store/{shop.store.code}/basket/", put).status_code == 302
    assert first.post(f"/store/{shop.store.code}/basket/", {**put, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert "₫75,000" in access.client(shop.employee).get(url).content.decode()
    assert "₫75,000" not in access.client().get(url).content.decode()
    assert access.client().get(f"{url}none/").status_code == 404
