"""One worker process: jobs in threads, an own lane for urgent ones, due ticks, and the jobs of dead workers."""

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import OperationalError as DjangoOperationalError
from django.db import close_old_connections
from procrastinate import App
from procrastinate.app import WorkerOptions
from procrastinate.contrib.django import app as enqueuing
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker
from psycopg import OperationalError

from kith.config import environment
from kith.config.ground import recovery, state
from kith.config.ground.slots import Slot
from kith.kernel.tasks import Queue
from kith.kernel.tasks.running import enqueue_due

log = logging.getLogger("kith.work")

JOBS_AT_ONCE = 3  # beside the urgent lane's one
HEARTBEAT = 5.0  # seconds
STALLED = 15.0  # seconds without a heartbeat after which a worker counts as dead
GRACE = 8.0  # seconds for jobs under way when the process is to end
LOOK = 1.0  # seconds between two looks at what is due
_GONE = (OperationalError, DjangoOperationalError, state.NoAnswerError)  # what a lost database raises


def worker_app() -> App:
    """Return procrastinate's app for running jobs.

    It has connections of its own, while jobs that enqueue jobs go through Django's: in their transaction.
    """
    return enqueuing.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=5))


def lanes(queues: Sequence[str]) -> list[tuple[list[str] | None, int]]:
    """Return (queues, jobs at once) of each lane; no `queues` means all of them."""
    if queues and Queue.URGENT.value not in queues:
        return [(list(queues), JOBS_AT_ONCE)]
    return [([Queue.URGENT.value], 1), (list(queues) or None, JOBS_AT_ONCE)]


async def work(*, queues: Sequence[str]) -> bool:
    """Work on `queues` until SIGTERM or SIGINT (True), or until the database goes away (False)."""
    slot = Slot(environment.home())
    thread = ThreadPoolExecutor(1, thread_name_prefix="look")
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(thread, _clean(lambda: _take_over(slot)))
    app = worker_app()
    async with app.open_async():
        workers = [_worker(app, names=names, at_once=number) for names, number in lanes(queues)]
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, _stop_all, workers)
        running = [asyncio.create_task(worker.run()) for worker in workers]
        looking = asyncio.create_task(_look(thread, slot=slot, workers=workers))
        await asyncio.wait([*running, looking], return_when=asyncio.FIRST_COMPLETED)
        _stop_all(workers)
        lost = looking.done() and isinstance(looking.exception(), _GONE)
        looking.cancel()
        await asyncio.gather(*running, return_exceptions=lost)
    slot.close()
    if lost:
        log.warning("The database went away; this worker ends and a new one begins.")
    elif not looking.cancelled() and looking.done():
        looking.result()
    return not lost


def _worker(app: App, *, names: list[str] | None, at_once: int) -> Worker:
    options: WorkerOptions = {
        "concurrency": at_once,
        "fetch_job_polling_interval": 2.0,
        "shutdown_graceful_timeout": GRACE,
        "delete_jobs": "successful",
        "install_signal_handlers": False,
        "update_heartbeat_interval": HEARTBEAT,
        "stalled_worker_timeout": STALLED,
    }
    if names is not None:
        options["queues"] = names
    return app._worker(**options)  # noqa: SLF001  (`run_worker_async` hides the worker, whose id and `stop` we need)


def _stop_all(workers: Sequence[Worker]) -> None:
    for worker in workers:
        worker.stop()


def _take_over(slot: Slot) -> None:
    """Take back the jobs of the worker that died in this place."""
    recovery.forget_workers(slot.dead)
    if count := recovery.recover(seconds_since_heartbeat=STALLED):
        log.info("Took back %s jobs of dead workers.", count)


async def _look(thread: ThreadPoolExecutor, *, slot: Slot, workers: Sequence[Worker]) -> None:
    """Write down who we are; then every second enqueue due ticks and take back stalled jobs.

    Ends with `OperationalError` once the database it began with is gone, even where a new one answers already:
    procrastinate stops listening then without a word.
    """
    loop = asyncio.get_running_loop()
    witness = await loop.run_in_executor(thread, state.connect)
    while any(worker.worker_id is None for worker in workers):  # noqa: ASYNC110  (nobody tells when it registers)
        await asyncio.sleep(0.005)
    slot.write([worker.worker_id for worker in workers if worker.worker_id is not None])
    while True:
        await loop.run_in_executor(thread, witness.execute, "SELECT 1")
        await loop.run_in_executor(thread, _clean(_due))
        await asyncio.sleep(LOOK)


def _due() -> None:
    enqueue_due()
    recovery.recover(seconds_since_heartbeat=STALLED)


def _clean(job: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        close_old_connections()
        try:
            job()
        finally:
            close_old_connections()

    return run
