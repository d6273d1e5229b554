"""Many at once: jobs in threads that start together, each on a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connections

from kith.kernel.refusals import Refusal


def rush(jobs: Sequence[Callable[[], object]], *, workers: int = 12) -> list[object]:
    """Run jobs, the first `workers` of them starting together; an answer is a result or the refusal."""
    gate = threading.Barrier(min(workers, len(jobs)))

    def run(number: int) -> object:
        if number < gate.parties:
            gate.wait(timeout=60)
        try:
            return jobs[number]()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(gate.parties) as pool:
        answers = list(pool.map(run, range(len(jobs))))
    close_old_connections()
    return answers
