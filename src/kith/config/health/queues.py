"""The job backlog and the workers, read from the queue's own tables and by its own clock."""

from dataclasses import dataclass

from django.db import connection

ALIVE = 30  # seconds since its last heartbeat for which a worker counts as alive

_BACKLOG = """
    SELECT job.queue_name, count(*), coalesce(extract(epoch FROM now() - min(greatest(event.at, job.scheduled_at))), 0)
    FROM procrastinate_jobs job
    LEFT JOIN LATERAL (
        SELECT at FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred' ORDER BY id DESC LIMIT 1
    ) event ON true
    WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
    GROUP BY job.queue_name ORDER BY job.queue_name
"""


@dataclass(frozen=True)
class Backlog:
    """Jobs of one queue that could run now, and for how many seconds the oldest could have."""

    queue: str
    waiting: int
    oldest_seconds: float


def backlog() -> list[Backlog]:
    """Return the backlog of every queue that has one."""
    with connection.cursor() as cursor:
        cursor.execute(_BACKLOG)
        return [Backlog(queue=name, waiting=count, oldest_seconds=round(float(age), 1)) for name, count, age in cursor]


def failed() -> int:
    """Return how many jobs were given up and wait for somebody to look at them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        return int(cursor.fetchone()[0])


def workers_alive() -> int:
    """Return how many lanes of workers gave a heartbeat lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [ALIVE],
        )
        return int(cursor.fetchone()[0])
