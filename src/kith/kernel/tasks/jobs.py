"""Declared jobs, and how they reach procrastinate."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import procrastinate
from django.db import transaction
from procrastinate.contrib.django import app

from kith.kernel.registries import Registry
from kith.kernel.statements import execute


class Queue(StrEnum):
    """Which line a job stands in; urgent overtakes everything, bulk waits for everybody."""

    URGENT = "urgent"
    DEFAULT = "default"
    BULK = "bulk"


PRIORITY = {Queue.URGENT: 100, Queue.DEFAULT: 10, Queue.BULK: 0}
_ENQUEUE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args)
    SELECT %(queue)s, %(task)s, %(priority)s, run.key, run.key, run.arguments
    FROM unnest(%(keys)s::varchar[], %(arguments)s::jsonb[]) AS run(key, arguments)
    WHERE NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.queueing_lock = run.key AND j.status = 'todo')
    ON CONFLICT DO NOTHING
"""
"""What procrastinate's own function inserts; a key that is taken meanwhile is no error."""


@dataclass(frozen=True)
class Task:
    """A job by name. Arguments are JSON: numbers, strings, lists."""

    name: str
    run: Callable[..., None]
    queue: Queue
    attempts: int

    def defer(self, *, lock: str | None = None, urgent: bool = False, **arguments: Any) -> None:
        """Enqueue one run in the current transaction. `lock`: jobs of one lock run one after another."""
        self._configure(lock=lock, urgent=urgent).defer(**arguments)

    def defer_many(self, batches: Sequence[Mapping[str, Any]], *, urgent: bool = False) -> None:
        """Enqueue a run for each set of arguments in one statement."""
        if batches:
            self._configure(lock=None, urgent=urgent).batch_defer(*[dict(batch) for batch in batches])

    def defer_once(self, *, key: str, **arguments: Any) -> None:
        """Enqueue a run after commit, unless one with `key` is waiting already; runs of one key never overlap."""
        self.defer_each_once({key: arguments})

    def defer_each_once(self, runs: Mapping[str, Mapping[str, Any]]) -> None:
        """Do the same for the arguments of each key, in one statement that writes nothing where all are waiting."""
        if not runs:
            return

        def enqueue() -> None:
            execute(
                _ENQUEUE,
                {
                    "queue": self.queue.value,
                    "task": self.name,
                    "priority": PRIORITY[self.queue],
                    "keys": list(runs),
                    "arguments": [json.dumps(arguments) for arguments in runs.values()],
                },
            )

        transaction.on_commit(enqueue)

    def _configure(self, *, lock: str | None, urgent: bool) -> Any:
        queue = Queue.URGENT if urgent else self.queue
        options: dict[str, Any] = {"queue": queue.value, "priority": PRIORITY[queue]}
        if lock:
            options["lock"] = lock
        return app.configure_task(self.name, **options)


TASKS: Registry[Task] = Registry("kernel.tasks")


def task(name: str, *, queue: Queue = Queue.DEFAULT, attempts: int = 10) -> Callable[[Callable[..., None]], Task]:
    """Declare a job: fetch, call one action. It may run twice (a worker died), so its action must bear that."""

    def declare(run: Callable[..., None]) -> Task:
        return TASKS.put(name, Task(name=name, run=run, queue=queue, attempts=attempts))

    return declare


def register_all(procrastinate_app: procrastinate.App) -> None:
    """Hand every declared job to procrastinate (its hook calls this once all apps are ready)."""
    for declared in TASKS:
        procrastinate_app.task(
            name=declared.name,
            queue=declared.queue.value,
            retry=procrastinate.RetryStrategy(max_attempts=declared.attempts, exponential_wait=2),
        )(declared.run)
