"""Who is still outstanding, by line manager: counted in the database, only the managers come out."""

from datetime import date
from typing import Any

from django.db import connection

from kith.messaging.deliveries.models import UNHEARD
from kith.notices.publishing.models import Notice
from kith.people.segments.compiler import ALIVE, Compiled
from kith.people.ties.queries import managers_sql

_PERSONS = "SELECT o.person_id FROM messaging_delivery o WHERE o.message_id = %(message)s AND o.state = ANY(%(states)s)"


def _given(notice: Notice) -> dict[str, Any]:
    return {"message": notice.message_id, "states": [state.value for state in UNHEARD]}


def outstanding_audience(notice: Notice) -> Compiled:
    """Return everybody still outstanding as an audience that the arbiter takes.

    It is looked at when the message goes out; `about` is the name under which the key of the notice's message
    travels, for `message` is the arbiter's own.
    """
    where = _PERSONS.replace("%(message)s", "%(about)s")
    given = _given(notice)
    return Compiled(
        where=f"{ALIVE} AND p.id IN ({where})", params={"about": given["message"], "states": given["states"]}
    )


def lists_by_manager(notice: Notice, *, day: date) -> dict[int, int]:
    """Return how many of each line manager's own people are outstanding; who has no manager is on nobody's list."""
    sql = (
        f"SELECT manager_id, count(*) FROM ({managers_sql(persons=_PERSONS)}) AS led (person_id, manager_id) "  # noqa: S608
        "WHERE manager_id IS NOT NULL GROUP BY manager_id ORDER BY manager_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_given(notice), "day": day})
        return dict(cursor.fetchall())
