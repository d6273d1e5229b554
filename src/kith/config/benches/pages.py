"""The rows of pages: whole HTML over HTTP, two web processes, 16 clients, against a plain page of the same server."""

import itertools
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.commerce.orders.actions import CheckOut, place_order
from kith.commerce.products.models import Product
from kith.config.benches import shop
from kith.config.benches.load import Answers, press, request
from kith.config.benches.measuring import Beside, Row, row_of
from kith.config.benches.served import Served, serving
from kith.kernel import clock
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.models import MessageClass, Severity
from kith.people.persons.models import Person
from kith.people.ties.queries import leads
from kith.portal.shell import shortly

CLIENTS = 16
ROUNDS = 3
SECONDS = 3.0
TAIL = 3.0  # times the median within which 99 of 100 answers come
PLAIN = "/bench/plain/"
_OK = 200


@dataclass(frozen=True)
class Asked:
    """A page that is measured: its addresses in turn, words it must show, and what it may cost."""

    name: str
    paths: Sequence[str]
    shows: str
    goal: float
    queries: int
    readers: Sequence[shop.Reader] = ()

    def requests(self, number: int) -> Iterator[bytes]:
        """Yield the requests of one client, for ever; each client is another reader."""
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.readers[number].key}" if self.readers else ""
        paths = [*self.paths[number % len(self.paths) :], *self.paths[: number % len(self.paths)]]
        return itertools.cycle([request(path, cookie=cookie) for path in paths])


def _plain(_number: int) -> Iterator[bytes]:
    return itertools.repeat(request(PLAIN))


def _pressed(served: Served, requests: Callable[[int], Iterator[bytes]]) -> Answers:
    answers = press(served.port, requests, clients=CLIENTS, seconds=SECONDS)
    if set(answers.statuses) != {_OK}:
        raise RuntimeError(f"The server answered {answers.statuses}.")
    if not answers.times:
        raise RuntimeError("The server answered nothing.")
    return answers


def queries_of(asked: Asked) -> int:
    """Return the queries of a page that nobody asked for in the last seconds, in a process that knows its templates.

    `RuntimeError` where it is not found or does not show what it must.
    """
    client = Client(SERVER_NAME="localhost")
    if asked.readers:
        client.cookies[settings.SESSION_COOKIE_NAME] = asked.readers[0].key
    client.get(asked.paths[0])
    shortly.forget()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(asked.paths[0])
    if answer.status_code != _OK or asked.shows not in answer.content.decode():
        raise RuntimeError(f"{asked.paths[0]} answered {answer.status_code} without “{asked.shows}”.")
    return len(queries)


def measure(asked: Asked, *, n: int) -> Row:
    """Measure a page and the plain page in turn."""
    shop.opened()  # the plain page lists its goods
    queries = queries_of(asked)
    ours, limit, times = [], [], []
    with serving() as served:
        for _ in range(2):  # templates, and what a process keeps of the store
            _pressed(served, asked.requests)
        for _ in range(ROUNDS):
            limit.append(_pressed(served, _plain).cost)
            answers = _pressed(served, asked.requests)
            ours.append(answers.cost)
            times.append(answers.quantile(0.99) / answers.quantile(0.5))
    beside = (
        Beside("queries", queries, asked.queries),
        Beside("p99 over p50", round(statistics.median(times), 2), TAIL),
    )
    return row_of(name=asked.name, n=n, goal=asked.goal, ours=ours, limit=limit, beside=beside)


def _list() -> list[str]:
    store = shop.opened()
    return [f"/store/{store.code}/?page={page}" for page in range(1, 1 + -(-shop.PRODUCTS // 24))]


def _products() -> list[str]:
    store = shop.opened()
    return [f"/store/{store.code}/{product.slug}/" for product in shop.products()]


def _readers() -> list[shop.Reader]:
    people = shop.employees(CLIENTS)
    Person.objects.filter(pk__in=[one.pk for one in people]).update(language="en")
    readers = shop.signed_in(people)
    return [readers[number % len(readers)] for number in range(CLIENTS)]


def store_list(n: int) -> Row:
    """Measure a visitor's page of a store's list."""
    return measure(Asked("store-list", _list(), "Green tea", 0.67, 5), n=n)


def store_product(n: int) -> Row:
    """Measure a visitor's page of a product."""
    return measure(Asked("store-product", _products(), "Green tea", 0.67, 5), n=n)


def home(n: int) -> Row:
    """Measure a visitor's home."""
    return measure(Asked("home", ["/"], "Welcome", 0.34, 8), n=n)


def store_list_signed_in(n: int) -> Row:
    """Measure an employee's page of a store's list, at their own prices."""
    asked = Asked("store-list-signed-in", _list(), shop.STAFF_PRICE, 1.12, 8, _readers())
    return measure(asked, n=n)


def store_product_signed_in(n: int) -> Row:
    """Measure an employee's page of a product, at their own price and with the reason."""
    asked = Asked("store-product-signed-in", _products(), shop.STAFF_PRICE, 1.12, 8, _readers())
    return measure(asked, n=n)


def home_signed_in(n: int) -> Row:
    """Measure an employee's home: something to acknowledge, something new, an order on its way.

    Queries are counted for somebody who leads nobody; who leads has the birthdays of their people beside.
    """
    readers = sorted(_readers(), key=lambda reader: leads(person_id=reader.person.pk))
    _give_matters(sorted({reader.person.pk for reader in readers}))
    return measure(Asked("home-signed-in", ["/"], MUST, 1.43, 8, readers), n=n)


MUST = "Close the windows"


def _give_matters(person_ids: list[int]) -> None:
    """Give people what a home shows."""
    at, store = clock.now(), shop.opened()
    product: Product = shop.products()[0]
    for title, must in ((MUST, True), ("The canteen opens at seven", False)):
        words = Text(en=title)
        message = NewMessage(
            title=words, body=words, message_class=MessageClass.SAFETY, severity=Severity.NORMAL,
            needs_acknowledgement=must, due_at=at + timedelta(days=1) if must else None,
        )  # fmt: skip
        send_message(message=message, to=person_ids, at=at)
    for person in Person.objects.filter(pk__in=person_ids):
        asked = CheckOut(
            store=store.code,
            method="bill",
            ship_to="Desk 12",
            language="en",
            lines={product.pk: 1},
            at_public_price=True,
        )
        place_order(asked=asked, by=person, caller=f"person:{person.pk}", idempotency_key=f"home-{at}", at=at)


BENCHES: dict[str, Callable[[int], Row]] = {
    "store-list": store_list,
    "store-product": store_product,
    "home": home,
    "store-list-signed-in": store_list_signed_in,
    "store-product-signed-in": store_product_signed_in,
    "home-signed-in": home_signed_in,
}
