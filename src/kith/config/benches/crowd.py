"""Several clients at once, each a process with a database connection of its own: they begin together."""

import multiprocessing
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from django.db import connections

PATIENCE = 300.0  # seconds until a client that says nothing counts as dead
Prepare = Callable[[int], Callable[[], bool]]
"""Given the number of a client, in its own process, returns what it does again and again: True where it was done."""


@dataclass(frozen=True)
class Crowd:
    """What came of it: how long all took together, and how many calls were done or refused."""

    seconds: float
    done: int
    refused: int

    @property
    def cost(self) -> float:
        """Seconds of the whole crowd for one call."""
        return self.seconds / (self.done + self.refused)


def together(prepare: Prepare, *, clients: int, each: int) -> Crowd:
    """Let `clients` processes call `each` times; the first call of each warms up and is not counted.

    Raises `RuntimeError` with the reason where a client fails.
    """
    connections.close_all()
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(clients)
    pipes = [context.Pipe(duplex=False) for _ in range(clients)]
    people = [
        context.Process(target=_run, args=(prepare, number, each, barrier, send), daemon=True)
        for number, (_receive, send) in enumerate(pipes)
    ]
    try:
        for process in people:
            process.start()
        told = [_heard(receive) for receive, _send in pipes]
    finally:
        for process in people:
            process.join(timeout=5)
            process.kill()
            process.join()
    begun, ended = min(one[0] for one in told), max(one[1] for one in told)
    done = sum(one[2] for one in told)
    return Crowd(ended - begun, done, clients * each - done)


def _heard(receive: Connection) -> tuple[float, float, int]:
    if not receive.poll(PATIENCE):
        raise RuntimeError("A client of the crowd says nothing.")
    begun, ended, done, failure = receive.recv()
    if failure:
        raise RuntimeError(failure)
    return begun, ended, done


def _run(prepare: Prepare, number: int, each: int, barrier: Barrier, send: Connection) -> None:
    try:
        act = prepare(number)
        act()
        barrier.wait(PATIENCE)
        begun = time.monotonic()
        done = sum(act() for _ in range(each))
        send.send((begun, time.monotonic(), done, ""))
    except BaseException:  # noqa: BLE001  (the parent tells it)
        barrier.abort()
        send.send((0.0, 0.0, 0, traceback.format_exc()))
    finally:
        connections.close_all()
