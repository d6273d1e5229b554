"""Row 1: the web process dies at commits in the middle of check-outs, clients send the same key again."""

import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

from kith.commerce.orders.models import Order
from kith.config.ground import processes, starting, supervisor
from tests.faults import buying
from tests.support import served
from tests.support.commits import dying_at

pytestmark = [pytest.mark.fault, pytest.mark.row(1)]
SIZES = {"quick": (20, 2), "small": (40, 3), "full": (300, 4)}  # check-outs, kills
WITHOUT_KEYS = """
import django
django.setup()
from django.db import transaction
from kith.commerce.orders import placing
from kith.kernel.idempotency import KeptAnswer

def forgetful(*, act, **given):
    with transaction.atomic():
        status, body = act()
    return KeptAnswer(status=status, body=body, replayed=False)

placing.once = forgetful
from kith.config.ground.child import main
main()
"""


def starter(
    database_url: str, port: int, deaths: Mapping[int, dict[str, str]], command: list[str]
) -> Callable[[int], "subprocess.Popen[bytes]"]:
    served.collect_static()

    def start(life: int) -> "subprocess.Popen[bytes]":
        environ = served.environment(
            database_url, more={"KITH_URL": f"http://localhost:{port}", **deaths.get(life, {})}
        )
        return subprocess.Popen([*command, "web", "--host", "127.0.0.1", "--port", str(port)], env=environ)

    return start


def is_up(port: int) -> bool:
    return processes.wait_until(lambda: supervisor.answers(host="127.0.0.1", port=port), seconds=180, pause=0.05)


def test_every_key_is_one_order_however_often_the_server_dies(
    database_url: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, kills = SIZES[check_size]
    here = buying.shop(stock=size + 20)
    crowd = buying.buyers(here, size)
    port = served.free_port()
    # A check-out is one commit: the server dies now before it, now after it and before anybody was told.
    deaths = {life: dying_at(size // (kills + 2) + life, after=life % 2 == 0) for life in range(kills)}
    with buying.kept_up(starter(database_url, port, deaths, list(starting.CHILD))) as lives:
        assert is_up(port)
        buying.all_buy(crowd, port, seconds=300)
        found = buying.holds(crowd)
        measured("Server killed during check-outs", "orders = keys = units = acknowledged", buying.as_json(found))
        assert [one.odd for one in crowd if one.odd] == []
        assert set(found.values()) == {size}
        assert len(lives) == kills + 1
        other_bodies = [one.ask(port, ship_to="Somewhere else")[0] for one in crowd[:20]]
        others = buying.buyers(here, 20, keys=[one.key for one in crowd[:20]])
        buying.all_buy(others, port, seconds=60)
    assert set(other_bodies) == {422}
    assert len({one.order for one in [*crowd, *others]}) == size + 20, "nobody's key answers for another's"
    assert Order.objects.count() == size + 20


def test_the_control_without_keys_some_are_never_answered_or_served_twice(database_url: str) -> None:
    size = 12
    crowd = buying.buyers(buying.shop(stock=2 * size), size)
    port = served.free_port()
    deaths = {life: dying_at(3, after=True) for life in range(2)}
    with buying.kept_up(starter(database_url, port, deaths, [sys.executable, "-c", WITHOUT_KEYS])):
        assert is_up(port)
        buying.all_buy(crowd, port, seconds=30, at_once=2)
    assert len(set(buying.holds(crowd).values())) > 1
