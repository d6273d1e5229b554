"""Jobs of dead workers go back into the queue."""

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

MOST_ATTEMPTS = 20  # a job that took this many workers with it is given up

_STALLED = """
    SELECT job.id, job.attempts FROM procrastinate_jobs job
    LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
    ORDER BY job.id
    FOR UPDATE OF job SKIP LOCKED
"""


def recover(*, seconds_since_heartbeat: float) -> int:
    """Put jobs back whose worker is gone or silent for that long; return how many. Safe to run on many machines.

    A job is locked before it is judged again, so no job that another machine just put back is put back twice.
    Times here are the database's: the queue's own heartbeats.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STALLED, [seconds_since_heartbeat])
        jobs = cursor.fetchall()
        for job_id, attempts in jobs:
            _put_back(job_id, attempts=attempts)
    return len(jobs)


def _put_back(job_id: int, *, attempts: int) -> None:
    with connection.cursor() as cursor:
        if attempts >= MOST_ATTEMPTS:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
            return
        try:
            with transaction.atomic():
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
        except IntegrityError:  # one of the same key waits already and does its work
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'aborted', true)", [job_id])


def forget_workers(ids: Sequence[int]) -> None:
    """Delete workers that are known to be dead; their jobs are nobody's from now on."""
    if ids:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_workers WHERE id = ANY(%s)", [list(ids)])
