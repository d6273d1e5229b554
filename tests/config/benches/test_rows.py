"""The rows of `kith bench`, each run small: what it counts is right, and a broken Kith shows in it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import Resolver404, resolve

from kith.config.benches import asking, catalogue, footprint, live, loading, measuring, orders, pages, place, shop
from kith.config.benches.crowd import together
from kith.config.benches.measuring import Beside, Row, row_of
from kith.config.ground import processes
from kith.kernel.facts.models import Fact, Pending
from kith.promises.commitments.models import Promise
from kith.supply.stock import actions as stock

PEOPLE = 100


@pytest.fixture
def organization(transactional_db: None) -> None:
    """Fill the database as `kith bench` does."""
    place.fill(people=PEOPLE)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in (
        (pages, "SECONDS", 0.3), (pages, "ROUNDS", 1), (pages, "CLIENTS", 4), (orders, "EACH", 6), (orders, "ROUNDS", 1),
        (orders, "BUYERS", 3), (orders, "TRIES", 40), (orders, "STOCK", 20), (asking, "EACH", 4), (asking, "ROUNDS", 1),
        (loading, "ROUNDS", 1), (live, "ROUNDS", 2), (live, "PAGES", 40), (footprint, "_SETTLE", 0.1),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)


def beside(row: Row) -> dict[str, float]:
    return {each.name: each.value for each in row.beside}


@contextmanager
def no_process_is_left() -> Iterator[None]:
    before = children()
    yield
    assert processes.wait_until(lambda: children() <= before, seconds=10)


def children() -> set[str]:
    with open(f"/proc/self/task/{os.getpid()}/children") as file:  # noqa: PTH123  (a file of the kernel)
        return set(file.read().split())


def test_a_row_holds_only_with_all_its_figures() -> None:
    row = row_of(name="x", n=1, goal=2, ours=[3.0, 1.0, 2.0], limit=[1.0], beside=(Beside("queries", 6, 5),))
    assert (row.ratio, row.holds) == (2.0, False)
    assert list(row.missing()) == ["x: queries 6 (goal ≤ 5)"]
    assert row.as_json()["beside"] == {"queries": {"value": 6, "goal": 5, "holds": False}}
    good = row_of(name="x", n=1, goal=2, ours=[2.1], limit=[1.0], beside=(Beside("rate", 6, 5, at_least=True),))
    assert list(good.missing()) == ["x: ratio 2.1 (goal ≤ 2)"]
    assert measuring.peak_mb() > 1


def test_the_plain_page_is_no_address_of_kith() -> None:
    with pytest.raises(Resolver404):
        resolve(pages.PLAIN)


def test_every_row_has_one_name() -> None:
    assert catalogue.IF_NAMED in catalogue.BENCHES
    assert {"store-list", "checkout", "import", "request", "live", "idle-web", "set-up"} <= set(catalogue.BENCHES)


@pytest.mark.django_db(transaction=True)
def test_a_crowd_counts_what_was_done_and_tells_why_it_failed() -> None:
    def prepare(number: int) -> Callable[[], bool]:
        return lambda: number == 0

    crowd = together(prepare, clients=2, each=5)
    assert (crowd.done, crowd.refused) == (5, 5)

    def broken(number: int) -> Callable[[], bool]:
        raise LookupError(f"client {number} has no shoes")

    with pytest.raises(RuntimeError, match="has no shoes"):
        together(broken, clients=2, each=1)


@pytest.mark.usefixtures("organization", "small")
def test_pages_are_measured_over_http_for_visitors_and_employees() -> None:
    with no_process_is_left():
        for name in ("home", "store-list", "store-product-signed-in", "home-signed-in"):
            row = catalogue.BENCHES[name](PEOPLE)
            assert row.ours > 0
            assert row.limit > 0
            figures = beside(row)
            assert figures["p99 over p50"] >= 1
            assert figures["queries"] == {"home": 0, "store-list": 3}.get(name, figures["queries"])
            assert figures["queries"] <= 8


@pytest.mark.usefixtures("organization", "small")
def test_a_page_that_does_not_show_what_it_must_is_no_measure() -> None:
    shop.opened()
    with pytest.raises(RuntimeError, match="without"):
        pages.queries_of(pages.Asked("x", [f"/store/{shop.CODE}/"], shop.STAFF_PRICE, 1, 5))


@pytest.mark.usefixtures("organization", "small")
def test_check_outs_are_neither_oversold_nor_lost() -> None:
    row = orders.checkout_one(PEOPLE)
    assert beside(row) == {"oversold": 0, "lost": 0}
    assert Fact.objects.filter(kind="commerce.OrderPlaced").count() == 4 * 7 + 20
    assert orders.checkout(PEOPLE).ratio > 1


@pytest.mark.usefixtures("organization", "small")
def test_a_shop_that_forgets_its_stock_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(**_given: Any) -> None:
        """Take nothing."""

    monkeypatch.setattr(stock, "reserve", nothing)
    row = orders.checkout_one(PEOPLE)
    assert beside(row)["oversold"] > 0
    assert not row.holds


@pytest.mark.usefixtures("organization", "small")
def test_check_outs_over_http_are_orders() -> None:
    with no_process_is_left():
        assert beside(orders.checkout_http(PEOPLE)) == {"lost": 0}


@pytest.mark.usefixtures("organization", "small")
def test_requests_owe_an_answer_and_imports_explain_their_bad_rows() -> None:
    assert asking.service_request(PEOPLE).ratio > 1
    assert Promise.objects.count() == 4 * 5
    assert Pending.objects.exists() or Fact.objects.filter(kind="support.RequestOpened").count() == 4 * 5
    assert loading.importing(200).n == 200


@pytest.mark.usefixtures("organization", "small")
def test_live_pages_hear_what_is_told() -> None:
    with no_process_is_left():
        row = live.live(PEOPLE)
    assert row.n == 40
    assert beside(row)["deliveries a second"] > 0


@pytest.mark.usefixtures("organization", "small")
def test_idle_processes_are_weighed() -> None:
    assert footprint.pss_mb(os.getpid()) > 10
    with no_process_is_left():
        assert footprint.idle_worker(PEOPLE).ours > 10
