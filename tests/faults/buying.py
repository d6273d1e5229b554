"""Buyers who know only HTTP: each sends one order under one key until it is answered, whatever dies meanwhile."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections

from kith.access.logins.models import Login
from kith.access.sessions.actions import open_session
from kith.commerce.baskets.actions import open_basket, put
from kith.commerce.orders.models import Order
from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.kernel import clock
from kith.kernel.idempotency.models import IdempotencyKey
from kith.people.persons.models import Person
from kith.supply.stock.models import StockLevel
from tests.commerce import make
from tests.people.make import AT

PRICE = "100000"
TOKEN = "x" * 32  # cookie and header agree; that is all the forgery check asks of a browser


@dataclass
class Buyer:
    """One person's browser with one unit in the basket. `order` is the address it was answered with."""

    cookie: str
    path: str
    body: dict[str, str]
    key: str
    order: str = ""
    slowest: float = 0.0
    odd: list[str] = field(default_factory=list)

    def ask(self, port: int, **changed: str) -> tuple[int, str]:
        """Send the order once; return status and Location. Raises OSError or HTTPException where nobody answers."""
        begun = time.monotonic()
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            link.request("POST", self.path, urlencode({**self.body, **changed}), self._headers())
            answer = link.getresponse()
            answer.read()
        finally:
            link.close()
            self.slowest = max(self.slowest, time.monotonic() - begun)
        return answer.status, answer.headers.get("Location", "")

    def _headers(self) -> dict[str, str]:
        return {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Idempotency-Key": self.key,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def buy(self, port: int, *, until: float) -> None:
        """Send the order again and again, as clients do, until it is answered with one."""
        while time.monotonic() < until:
            try:
                status, where = self.ask(port)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if status == 302:
                self.order = where
                return
            if status < 500:
                self.odd.append(f"{status}")
                return
            time.sleep(0.1)


@dataclass(frozen=True)
class Shop:
    """Where they buy."""

    store: Store
    product: Product


def shop(*, stock: int) -> Shop:
    store = make.store()
    return Shop(store, make.product(store, PRICE, stock=stock))


def buyers(here: Shop, number: int, *, keys: Sequence[str] = ()) -> list[Buyer]:
    """Return signed-in buyers; with `keys`, each sends one of those instead of a key of its own."""
    at, total = clock.now(), Decimal(PRICE)
    people = Person.objects.bulk_create(
        Person(full_name=f"Buyer {n}", language="en", zone="UTC", created_at=AT) for n in range(number)
    )
    logins = Login.objects.bulk_create(
        Login(person=one, username=f"buyer{one.pk}", password="!", created_at=AT) for one in people
    )
    found = []
    for n, (person, login) in enumerate(zip(people, logins, strict=True)):
        put(basket=open_basket(store=here.store, person=person, at=at), product=here.product, quantity=1, at=at)
        body = {"expected_total": str(total), "ship_to": "Desk 12", "method": "bill", "price": ""}
        key = keys[n] if keys else f"key-{person.pk}"
        found.append(
            Buyer(
                cookie=open_session(login=login, at=at),
                path=f"/store/{here.store.code}/checkout/",
                body={**body, "key": key},
                key=key,
            )
        )
    return found


def all_buy(crowd: Sequence[Buyer], port: int, *, seconds: float, at_once: int = 8) -> None:
    """Let everybody buy, `at_once` at a time, for at most so many seconds."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(lambda one: one.buy(port, until=until), crowd))


def holds(crowd: Sequence[Buyer]) -> dict[str, int]:
    """Return what must be equal after all have bought: their number in every one of these."""
    connections.close_all()  # the server may have been another one since
    answered = {one.order for one in crowd if one.order}
    there = {f"/orders/{key}/" for key in Order.objects.values_list("public_id", flat=True)}
    return {
        "orders": Order.objects.count(),
        "keys": IdempotencyKey.objects.count(),
        "units": sum(StockLevel.objects.values_list("reserved", flat=True)),
        "acknowledged and there": len(answered & there),
        "buyers": len(crowd),
    }


@contextmanager
def kept_up(start: Callable[[int], "object"]) -> Iterator[list[int]]:
    """Run `start(life)` (a process) again whenever it ends, as the supervisor does; yield the lives begun."""
    lives: list[int] = []
    over = threading.Event()
    process: list[object] = []

    def keep() -> None:
        while not over.is_set():
            lives.append(len(lives))
            process[:] = [start(lives[-1])]
            while not over.is_set() and process[0].poll() is None:  # type: ignore[attr-defined]
                time.sleep(0.01)

    thread = threading.Thread(target=keep)
    thread.start()
    try:
        yield lives
    finally:
        over.set()
        thread.join()
        process[0].kill()  # type: ignore[attr-defined]
        process[0].wait()  # type: ignore[attr-defined]


def as_json(found: dict[str, int]) -> str:
    return json.dumps(found)[1:-1].replace('"', "")
