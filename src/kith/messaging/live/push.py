"""Pushing: an event for some persons, or for everybody, sent by NOTIFY when the transaction commits."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

CHANNEL = "kith_live"
IDS_A_NOTE = 500


def _notify(payload: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(payload, separators=(",", ":"))])


def push(*, person_ids: Sequence[int], event: str, data: dict[str, Any]) -> None:
    """Let the open pages of some persons know of `event`; `data` is small (a note has at most 8,000 bytes)."""
    for start in range(0, len(person_ids), IDS_A_NOTE):
        _notify({"to": list(person_ids[start : start + IDS_A_NOTE]), "event": event, "data": data})


def push_all(*, event: str, data: dict[str, Any]) -> None:
    """Let every open page know of `event`; whoever it does not concern finds nothing new."""
    _notify({"to": None, "event": event, "data": data})
