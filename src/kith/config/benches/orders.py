"""The rows of the check-out: the action with four connections and over HTTP with four clients, against the bare order.

The bare order is what a database must do at the very least: take from stock, write the order, write its line.
"""

from collections.abc import Callable, Iterator
from itertools import count

from django.conf import settings
from django.db import connection, transaction

from kith.commerce.baskets.actions import open_basket, put
from kith.commerce.orders.actions import CheckOut, place_order
from kith.commerce.orders.models import Order, OrderLine
from kith.commerce.products.models import Product
from kith.config.benches import shop
from kith.config.benches.crowd import Crowd, together
from kith.config.benches.load import Answers, press, request
from kith.config.benches.measuring import Beside, Row, row_of
from kith.config.benches.served import serving
from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.people.persons.models import Person
from kith.supply.stock import actions as stock
from kith.supply.stock.models import StockLevel, Warehouse

CLIENTS = 4
EACH = 150
ROUNDS = 3
BUYERS = 25  # of each client, in turn
TRIES = 1000
STOCK = 600  # fewer than are tried for
SECONDS = 600.0
TOKEN = "x" * 32  # cookie and header agree; that is all the forgery check asks of a browser
_FOUND = 302
_ACTION, _HTTP = 8.0, 20.0
_keys = count(1)
_BARE = (
    "CREATE TABLE IF NOT EXISTS bench_stock (id int PRIMARY KEY, on_hand bigint NOT NULL, reserved bigint NOT NULL)",
    (
        "CREATE TABLE IF NOT EXISTS bench_order (id bigserial PRIMARY KEY, number varchar(20) NOT NULL UNIQUE, "
        "buyer_id bigint NOT NULL, total numeric(20, 4) NOT NULL, ship_to text NOT NULL, "
        "placed_at timestamptz NOT NULL)"
    ),
    (
        "CREATE TABLE IF NOT EXISTS bench_line (id bigserial PRIMARY KEY, order_id bigint NOT NULL, "
        "sku varchar(64) NOT NULL, quantity int NOT NULL, unit_price numeric(20, 4) NOT NULL, "
        "total numeric(20, 4) NOT NULL)"
    ),
    "CREATE INDEX IF NOT EXISTS bench_order_buyer ON bench_order (buyer_id, placed_at DESC)",
    "CREATE INDEX IF NOT EXISTS bench_line_order ON bench_line (order_id)",
    "INSERT INTO bench_stock SELECT n, 1000000000, 0 FROM generate_series(0, 3) n ON CONFLICT DO NOTHING",
)
_TAKE = "UPDATE bench_stock SET reserved = reserved + 1 WHERE id = %s AND on_hand > reserved"
_ORDER = (
    "INSERT INTO bench_order (number, buyer_id, total, ship_to, placed_at) "
    "VALUES (%s, %s, 100000, 'Desk 12', now()) RETURNING id"
)
_LINE = (
    "INSERT INTO bench_line (order_id, sku, quantity, unit_price, total) VALUES (%s, 'BENCH-001', 1, 100000, 100000)"
)


def _bare_tables() -> None:
    with connection.cursor() as cursor:
        for statement in _BARE:
            cursor.execute(statement)


def _bare(*, one: bool) -> Crowd:
    salt = next(_keys)

    def prepare(number: int) -> Callable[[], bool]:
        orders = count(1)

        def order() -> bool:
            this = next(orders)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_TAKE, [0 if one else number])
                cursor.execute(_ORDER, [f"{salt}-{number}-{this}", this])
                cursor.execute(_LINE, [cursor.fetchone()[0]])
            return True

        return order

    return together(prepare, clients=CLIENTS, each=EACH)


def _crowd(products: list[Product], people: list[Person], *, each: int) -> Crowd:
    """Let every client order its product, each order of it by the next of its buyers."""
    salt, code = next(_keys), shop.CODE

    def prepare(number: int) -> Callable[[], bool]:
        product, mine, orders = products[number % len(products)], people[number::CLIENTS], count(1)
        asked = CheckOut(store=code, method="bill", ship_to="Desk 12", language="en", lines={product.pk: 1})

        def order() -> bool:
            this = next(orders)
            by = mine[this % len(mine)]
            key = f"bench-{salt}-{number}-{this}"
            try:
                place_order(asked=asked, by=by, caller=f"person:{by.pk}", idempotency_key=key, at=clock.now())
            except Refusal:
                return False
            return True

        return order

    return together(prepare, clients=CLIENTS, each=each)


def _contended(people: list[Person]) -> tuple[Beside, Beside]:
    """Let four clients try to buy more of one product than there is; return how many were oversold and lost."""
    product, warehouse = shop.products()[-1], Warehouse.objects.get(code=shop.CODE)
    level = StockLevel.objects.get(item=product.item, warehouse=warehouse)
    lines = OrderLine.objects.filter(product=product)
    before = lines.count()
    stock.count(warehouse=warehouse, item=product.item, on_hand=level.reserved + STOCK, at=clock.now(), by_id=None)
    crowd = _crowd([product], people, each=TRIES // CLIENTS)
    sold = lines.count() - before
    held = StockLevel.objects.get(pk=level.pk).reserved - level.reserved
    done = crowd.done + CLIENTS  # each client's first call warms up and is not counted
    return (
        Beside("oversold", max(0, sold - STOCK), 0),
        Beside("lost", abs(done - sold) + abs(held - sold) + abs(STOCK - sold), 0),
    )


def _measured(name: str, *, n: int, one: bool) -> Row:
    shop.opened()
    _bare_tables()
    people = shop.customers(CLIENTS * BUYERS)
    products = shop.products()[: 1 if one else CLIENTS]
    ours, limit = [], []
    for _ in range(ROUNDS):
        limit.append(_bare(one=one).cost)
        crowd = _crowd(products, people, each=EACH)
        if crowd.refused:
            raise RuntimeError(f"{crowd.refused} check-outs were refused.")
        ours.append(crowd.cost)
    beside = _contended(people) if one else ()
    return row_of(name=name, n=n, goal=_ACTION, ours=ours, limit=limit, beside=beside)


def checkout(n: int) -> Row:
    """Place orders of distinct products at the public price, by bill, through the action."""
    return _measured("checkout", n=n, one=False)


def checkout_one(n: int) -> Row:
    """Place orders of one product; then 1,000 tries for 600 pieces of it."""
    return _measured("checkout-one", n=n, one=True)


def _posts(people: list[Person], products: list[Product]) -> list[list[bytes]]:
    """Fill a basket for each of the people and return the requests that order it, by client."""
    at, store = clock.now(), shop.opened()
    found: list[list[bytes]] = [[] for _ in range(CLIENTS)]
    with transaction.atomic():
        for place, reader in enumerate(shop.signed_in(people)):
            number = place % CLIENTS
            basket = open_basket(store=store, person=reader.person, at=at)
            put(basket=basket, product=products[number % len(products)], quantity=1, at=at)
            body = f"expected_total={shop.PRICE}&ship_to=Desk+12&method=bill&price=&key=http-{reader.person.pk}"
            cookie = f"{settings.SESSION_COOKIE_NAME}={reader.key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
            found[number].append(
                request(
                    f"/store/{store.code}/checkout/", method="POST", cookie=cookie, body=body.encode(),
                    headers={"X-CSRFToken": TOKEN},
                )
            )  # fmt: skip
    return found


def _ordered(port: int, posts: list[list[bytes]]) -> Answers:
    def requests(number: int) -> Iterator[bytes]:
        return iter(posts[number])

    answers = press(port, requests, clients=CLIENTS, seconds=SECONDS)
    if set(answers.statuses) != {_FOUND}:
        raise RuntimeError(f"The check-out answered {answers.statuses}.")
    return answers


def checkout_http(n: int) -> Row:
    """Post the check-out's form, each from another signed-in browser with its basket."""
    shop.opened()
    _bare_tables()
    products = shop.products()[:CLIENTS]
    ours, limit = [], []
    before, placed = Order.objects.count(), 0
    with serving() as served:
        for turn in range(ROUNDS + 1):
            posts = _posts(shop.customers(CLIENTS * (EACH if turn else 10)), products)
            answers = _ordered(served.port, posts)
            placed += len(answers.times)
            if turn:  # the first one warms up
                limit.append(_bare(one=False).cost)
                ours.append(answers.cost)
    lost = Beside("lost", abs(Order.objects.count() - before - placed), 0)
    return row_of(name="checkout-http", n=n, goal=_HTTP, ours=ours, limit=limit, beside=(lost,))


BENCHES: dict[str, Callable[[int], Row]] = {
    "checkout": checkout,
    "checkout-one": checkout_one,
    "checkout-http": checkout_http,
}
