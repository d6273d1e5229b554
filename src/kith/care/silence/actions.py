"""Writes of presence: who is signed in is noted, before the session is forgotten."""

from datetime import datetime, timedelta

from django.db import connection

_NOTE = """
    INSERT INTO care_presence (person_id, at)
    SELECT s.person_id, max(s.last_seen_at) FROM access_session s
    WHERE s.person_id IS NOT NULL AND s.last_seen_at > %(since)s GROUP BY s.person_id ORDER BY s.person_id
    ON CONFLICT (person_id) DO UPDATE SET at = EXCLUDED.at WHERE care_presence.at < EXCLUDED.at
"""
LOOKED_BACK = timedelta(hours=1)


def note_presence(*, at: datetime) -> int:
    """Note who was signed in within the last hour, in one statement; return for how many it is news."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"since": at - LOOKED_BACK})
        return int(cursor.rowcount)
