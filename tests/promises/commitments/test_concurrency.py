"""Several workers and people at once: each step is taken once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from kith.kernel.facts.models import Fact
from kith.kernel.refusals import Refusal
from kith.promises.commitments.actions import extend, keep
from kith.promises.commitments.escalation import look
from kith.promises.commitments.models import Promise, PromiseEvent, State
from tests.promises.make import MONDAY, again, firm, hours, promise

pytestmark = pytest.mark.django_db(transaction=True)
LATE = MONDAY + hours(72)


def test_workers_looking_at_once_take_one_step_each_promise() -> None:
    here = firm()
    for _ in range(30):
        promise(here.ann)
    start = Barrier(4)

    def one(_: int) -> int:
        try:
            start.wait(timeout=30)
            return look(at=LATE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 30
    assert set(Promise.objects.values_list("level", flat=True)) == {1}
    assert PromiseEvent.objects.filter(what="overdue").count() == 30


def test_it_is_kept_once_and_extended_once_however_often_it_is_pressed() -> None:
    here = firm()
    made = promise(here.ann)
    start = Barrier(12)

    def one(number: int) -> bool:
        try:
            start.wait(timeout=30)
            if number % 2:
                keep(made, proof=f"answer {number}", at=MONDAY + hours(1), by_id=None)
            else:
                extend(made, until=LATE, reason=f"reason {number}", at=MONDAY, by_id=None)
        except Refusal:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(12)))
    assert again(made).state == State.KEPT
    assert Fact.objects.filter(kind="promises.PromiseKept").count() == 1
    assert PromiseEvent.objects.filter(what="kept").count() == 1
    assert PromiseEvent.objects.filter(what="extended").count() <= 1
