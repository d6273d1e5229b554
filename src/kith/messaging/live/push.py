"""Pushing: an event for some persons, or for everybody, sent by NOTIFY when the transaction commits."""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import connection

CHANNEL = "kith_live"
IDS_A_NOTE = 500


def note_of(*, to: Sequence[int] | None, event: str, data: dict[str, Any]) -> str:
    """Return what one NOTIFY carries: its own id, for whom it is (None: everybody), and the event."""
    note = {"id": secrets.token_hex(6), "to": to, "event": event, "data": data}
    return json.dumps(note, separators=(",", ":"))


def _notify(note: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, note])


def push(*, person_ids: Sequence[int], event: str, data: dict[str, Any]) -> None:
    """Let the open pages of some persons know of `event`; `data` is small (a note has at most 8,000 bytes)."""
    for start in range(0, len(person_ids), IDS_A_NOTE):
        _notify(note_of(to=list(person_ids[start : start + IDS_A_NOTE]), event=event, data=data))


def push_all(*, event: str, data: dict[str, Any]) -> None:
    """Let every open page know of `event`; whoever it does not concern finds nothing new."""
    _notify(note_of(to=None, event=event, data=data))
