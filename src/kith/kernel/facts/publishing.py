"""Publishing: the fact and one pending row per listener, in the transaction of the change."""

import dataclasses
from datetime import datetime
from typing import Any

from django.db import transaction

from kith.kernel.facts import telling
from kith.kernel.facts.declared import declared, listeners_of
from kith.kernel.facts.models import Fact, Pending


def publish(happened: Any, *, at: datetime, by_id: int | None = None) -> Fact:
    """Record that something happened, in the current transaction, and let its listeners be told after commit."""
    kind = declared(type(happened))
    listeners = listeners_of(kind.name)
    with transaction.atomic(savepoint=False):
        row = Fact.objects.create(
            kind=kind.name,
            data=dataclasses.asdict(happened),
            about=[str(subject) for subject in kind.subjects(happened)],
            by_id=by_id,
            at=at,
        )
        Pending.objects.bulk_create([Pending(listener=listener.name, fact=row) for listener in listeners])
        for listener in listeners:
            telling.tell.defer_once(key=f"tell:{listener.name}", listener=listener.name)
    return row
