"""Writes of looks."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction

from kith.access.looks.models import Look, What

KEPT_DAYS = 730
ENDS_BEFORE = "kith.looks_end_before"
"""The setting by which the database knows that looks before an instant may go; it lasts for one transaction."""


def looked(*, person_ids: Collection[int], by_id: int | None, what: What, at: datetime) -> int:
    """Record that somebody saw persons' data; one's own is not recorded. Returns how many looks were."""
    rows = [Look(person_id=key, by_id=by_id, what=what, at=at) for key in person_ids if key != by_id]
    if len(rows) == 1:
        rows[0].save(force_insert=True)
    elif rows:
        Look.objects.bulk_create(rows)
    return len(rows)


def forget_old(at: datetime) -> int:
    """Delete looks that are older than two years."""
    before = at - timedelta(days=KEPT_DAYS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [ENDS_BEFORE, before.isoformat()])
        gone, _by_model = Look.objects.filter(at__lt=before).delete()
        cursor.execute("SELECT set_config(%s, '', true)", [ENDS_BEFORE])
    return gone
