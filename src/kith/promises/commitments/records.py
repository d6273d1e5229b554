"""Writing down what happens to a promise: its event and its fact."""

from datetime import datetime
from typing import Any

from kith.kernel.facts import publish
from kith.promises.commitments.facts import AboutPromise
from kith.promises.commitments.models import Promise, PromiseEvent, What


def record(
    promise: Promise,
    what: What,
    *,
    at: datetime,
    by_id: int | None,
    reason: str = "",
    until: datetime | None = None,
    from_id: int | None = None,
    to_id: int | None = None,
    rule: str = "",
) -> PromiseEvent:
    """Add an event to the history of a promise."""
    return PromiseEvent.objects.create(
        promise=promise, what=what, at=at, by_id=by_id, reason=reason[:500], until=until,
        from_person_id=from_id, to_person_id=to_id, rule=rule,
    )  # fmt: skip


def tell(fact: type[AboutPromise], promise: Promise, *, at: datetime, by_id: int | None = None, **more: Any) -> None:
    """Publish a fact of a promise; `more` are the fact's own fields."""
    publish(
        fact(
            promise_id=promise.pk,
            kind=promise.kind,
            subject=promise.subject,
            owner_id=promise.accountable_id,
            waiting_id=promise.waiting_person_id,
            **more,
        ),
        at=at,
        by_id=by_id,
    )


def change(promise: Promise, **columns: Any) -> None:
    """Write columns of a promise, in the object too."""
    for name, value in columns.items():
        setattr(promise, name, value)
    Promise.objects.filter(pk=promise.pk).update(**columns)
