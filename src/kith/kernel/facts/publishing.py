"""Publishing: the fact and one pending row per listener, in the transaction of the change."""

import dataclasses
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from kith.kernel.facts import telling
from kith.kernel.facts.declared import declared, listeners_of
from kith.kernel.facts.models import Fact
from kith.kernel.statements import fetch_all

_PUBLISH = """
    WITH made AS (
        INSERT INTO kernel_fact (kind, data, about, by_id, at)
        VALUES (%(kind)s, %(data)s::jsonb, %(about)s::varchar[], %(by)s, %(at)s) RETURNING id
    ),
    waiting AS (
        INSERT INTO kernel_pending (listener, fact_id, attempts, error)
        SELECT listener, made.id, 0, '' FROM made, unnest(%(listeners)s::varchar[]) AS listener
    )
    SELECT id FROM made
"""


def publish(happened: Any, *, at: datetime, by_id: int | None = None) -> Fact:
    """Record that something happened, in the current transaction, and let its listeners be told after commit."""
    kind = declared(type(happened))
    names = [listener.name for listener in listeners_of(kind.name)]
    data = dataclasses.asdict(happened)
    about = [str(subject) for subject in kind.subjects(happened)]
    known = {"kind": kind.name, "data": json.dumps(data), "about": about, "by": by_id, "at": at, "listeners": names}
    with transaction.atomic(savepoint=False):
        key = fetch_all(_PUBLISH, known)[0][0]
        telling.wake(names)
    return Fact(id=key, kind=kind.name, data=data, about=about, by_id=by_id, at=at)
