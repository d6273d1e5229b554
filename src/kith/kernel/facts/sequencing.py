"""The sequencer: numbers committed facts, so that feeds and cursors never miss one that committed late."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from kith.kernel.tasks import tick

_LOCK = 0x6B697468
_NUMBER = """
    WITH start AS (SELECT coalesce(max(position), 0) AS last FROM kernel_fact),
         fresh AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM kernel_fact WHERE position IS NULL)
    UPDATE kernel_fact SET position = start.last + fresh.n FROM start, fresh WHERE kernel_fact.id = fresh.id
"""


def number_facts() -> int:
    """Give every committed fact without a position the next one; return how many. One runs at a time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_NUMBER)
        return int(cursor.rowcount)


@tick("kernel.number-facts", every=timedelta(seconds=5))
def number(_at: datetime) -> None:
    """Give numbers to what has committed since."""
    number_facts()
