"""Row 4: PostgreSQL is stopped at once, again and again, while people check out; the web process stays."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from kith.commerce.orders.models import Order
from tests.faults import buying
from tests.faults.conftest import Machine
from tests.support import served

pytestmark = [pytest.mark.fault, pytest.mark.row(4)]
SIZES = {"quick": (20, 1), "small": (40, 2), "full": (200, 3)}  # check-outs, stops
PATIENCE = {"full": 15.0}  # seconds for one answer; beside other work a browser's own patience is enough


def stop_meanwhile(machine: Machine, *, orders: list[int], down: float) -> None:
    """Stop the server at each of these numbers of orders and start it `down` seconds later.

    Called on the test's own thread: a server ends with the thread that started it.
    """
    for number in orders:
        with machine.server.connect() as connection:
            while int(str((connection.execute("SELECT count(*) FROM commerce_order").fetchone() or (0,))[0])) < number:
                time.sleep(0.005)
        machine.kill()
        time.sleep(down)
        machine.server.start()


def test_no_acknowledged_order_is_gone_and_the_web_process_goes_on(
    machine: Machine, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, stops = SIZES[check_size]
    crowd = buying.buyers(buying.shop(stock=size), size)
    chosen = [size * n // (stops + 1) for n in range(1, stops + 1)]
    with served.serving(machine.url) as where, ThreadPoolExecutor(1) as beside:
        buying_all = beside.submit(buying.all_buy, crowd, int(where.rpartition(":")[2]), seconds=240)
        stop_meanwhile(machine, orders=chosen, down=1.0)
        buying_all.result()
        found = buying.holds(crowd)
    slowest = max(one.slowest for one in crowd)
    measured(
        "PostgreSQL stopped at once during check-outs",
        "orders = acknowledged, no answer slower than 15 s, no restart",
        f"{buying.as_json(found)}; {stops} stops, slowest {slowest:.1f} s",
    )
    assert [one.odd for one in crowd if one.odd] == []
    assert set(found.values()) == {size}
    assert slowest < PATIENCE.get(check_size, 30.0)


def test_the_control_what_is_not_synced_is_gone(machine: Machine) -> None:
    """With commits that do not wait for the disk, an acknowledged order is lost: the stop above is a real one."""
    machine.server.settings = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "2GB"}
    machine.kill()
    machine.server.start()
    connections.close_all()
    crowd = buying.buyers(buying.shop(stock=4), 4)
    with served.serving(machine.url) as where:
        buying.all_buy(crowd, int(where.rpartition(":")[2]), seconds=30)
        assert Order.objects.count() == 4
        machine.kill()
    machine.server.start()
    found = buying.holds(crowd)
    assert found["acknowledged and there"] < found["buyers"]
