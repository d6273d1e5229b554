"""The row of a service request: created with its promise and clocks by four clients, against the bare rows."""

from collections.abc import Callable
from itertools import count

from django.db import connection, transaction

from kith.config.benches import shop
from kith.config.benches.crowd import Crowd, together
from kith.config.benches.measuring import Row, row_of
from kith.kernel import clock
from kith.people.persons.models import Person
from kith.promises.commitments.models import Promise
from kith.promises.duty.actions import set_holders
from kith.support.requests.actions import ask
from kith.support.requests.queries import DUTY

CLIENTS = 4
EACH = 150
ROUNDS = 3
GOAL = 10.0
ASKERS = 25  # of each client, in turn
_TABLES = (
    (
        "CREATE TABLE IF NOT EXISTS bench_request (id bigserial PRIMARY KEY, asker_id bigint NOT NULL, "
        "title text NOT NULL, body text NOT NULL, asked_at timestamptz NOT NULL, due_at timestamptz NOT NULL)"
    ),
    (
        "CREATE TABLE IF NOT EXISTS bench_event (id bigserial PRIMARY KEY, request_id bigint NOT NULL, "
        "what text NOT NULL, at timestamptz NOT NULL)"
    ),
    "CREATE INDEX IF NOT EXISTS bench_request_asker ON bench_request (asker_id, asked_at DESC)",
    "CREATE INDEX IF NOT EXISTS bench_event_request ON bench_event (request_id)",
)
_REQUEST = (
    "INSERT INTO bench_request (asker_id, title, body, asked_at, due_at) "
    "VALUES (%s, 'The door', 'It does not close.', now(), now() + interval '8 hours') RETURNING id"
)
_EVENT = "INSERT INTO bench_event (request_id, what, at) VALUES (%s, 'opened', now())"


def _bare() -> Crowd:
    def prepare(_number: int) -> Callable[[], bool]:
        askers = count(1)

        def insert() -> bool:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_REQUEST, [next(askers)])
                cursor.execute(_EVENT, [cursor.fetchone()[0]])
            return True

        return insert

    return together(prepare, clients=CLIENTS, each=EACH)


def _asked(people: list[Person]) -> Crowd:
    def prepare(number: int) -> Callable[[], bool]:
        mine, turns = people[number::CLIENTS] or people, count(1)

        def act() -> bool:
            by = mine[next(turns) % len(mine)]
            ask(asker=by, title="The door", text="It does not close.", at=clock.now())
            return True

        return act

    return together(prepare, clients=CLIENTS, each=EACH)


def service_request(n: int) -> Row:
    """Ask through the action; each request owes an answer by a time in its owner's working hours."""
    with connection.cursor() as cursor:
        for statement in _TABLES:
            cursor.execute(statement)
    people = shop.employees(CLIENTS * ASKERS)
    set_holders(code=DUTY, persons=people[-2:], at=clock.now(), by_id=None)
    before = Promise.objects.count()
    ours, limit = [], []
    for _ in range(ROUNDS):
        limit.append(_bare().cost)
        ours.append(_asked(people).cost)
    made = ROUNDS * CLIENTS * (EACH + 1)
    if Promise.objects.count() - before != made:
        raise RuntimeError(f"{made} requests left {Promise.objects.count() - before} promises.")
    return row_of(name="request", n=n, goal=GOAL, ours=ours, limit=limit)


BENCHES: dict[str, Callable[[int], Row]] = {"request": service_request}
