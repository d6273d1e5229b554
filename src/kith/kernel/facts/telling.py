"""Telling: listeners hear pending facts in batches; a failing batch is retried singly, a failing fact later."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from kith.kernel import clock
from kith.kernel.facts.declared import FACTS, LISTENERS, Listener, Told
from kith.kernel.facts.models import Pending
from kith.kernel.tasks import Queue, task, tick

BATCH = 1000
BATCHES_A_JOB = 50
_log = logging.getLogger("kith.facts")


def _due(listener: Listener, *, at: datetime, size: int) -> list[Pending]:
    waiting = Pending.objects.filter(listener=listener.name).exclude(next_try__gt=at)
    return list(waiting.select_for_update(skip_locked=True, of=("self",)).select_related("fact").order_by("id")[:size])


def _hear(listener: Listener, batch: list[Pending]) -> None:
    kind = FACTS.get(listener.fact)
    listener.hear([Told(id=p.fact.pk, at=p.fact.at, by_id=p.fact.by_id, fact=kind.load(p.fact.data)) for p in batch])
    Pending.objects.filter(pk__in=[p.pk for p in batch]).delete()


def _postpone(pending: Pending, *, at: datetime, error: Exception) -> None:
    pending.attempts += 1
    pending.next_try = at + timedelta(seconds=min(2**pending.attempts * 5, 6 * 3600))
    pending.error = f"{type(error).__name__}: {error}"[:500]
    pending.save(update_fields=["attempts", "next_try", "error"])
    _log.warning("listener %s failed on fact %s: %s", pending.listener, pending.fact_id, type(error).__name__)


def _one_by_one(listener: Listener, *, at: datetime) -> int:
    heard = 0
    while True:
        with transaction.atomic():
            batch = _due(listener, at=at, size=1)
            if not batch:
                return heard
            try:
                with transaction.atomic():
                    _hear(listener, batch)
                heard += 1
            except Exception as error:  # noqa: BLE001  (whatever a listener raises, the others are still told)
                _postpone(batch[0], at=at, error=error)


def tell_listener(*, name: str, at: datetime) -> int:
    """Tell one listener everything that is pending for it; return how many facts it heard."""
    listener = LISTENERS.get(name)
    heard = 0
    for _ in range(BATCHES_A_JOB):
        try:
            with transaction.atomic():
                batch = _due(listener, at=at, size=BATCH)
                if not batch:
                    return heard
                _hear(listener, batch)
        except Exception:  # noqa: BLE001  (the failing one is found and postponed below)
            return heard + _one_by_one(listener, at=at)
        heard += len(batch)
    return heard


def tell_all(*, at: datetime) -> int:
    """Tell every listener here and now, until nothing is due; facts published meanwhile are told too."""
    total = 0
    while heard := sum(tell_listener(name=name, at=at) for name in LISTENERS.names()):
        total += heard
    return total


@task("kernel.tell", queue=Queue.URGENT)
def tell(*, listener: str) -> None:
    """Tell one listener what is pending."""
    tell_listener(name=listener, at=clock.now())


def wake(names: Collection[str]) -> None:
    """Let listeners be told after commit, each by one job; where jobs wait already, nothing is written."""
    tell.defer_each_once({f"tell:{name}": {"listener": name} for name in names})


@tick("kernel.tell-rest", every=timedelta(seconds=20))
def tell_rest(at: datetime) -> None:
    """Enqueue the telling of listeners whose job was lost or whose retry is due."""
    waiting = Pending.objects.exclude(next_try__gt=at).values_list("listener", flat=True).distinct()
    wake([name for name in waiting if name in LISTENERS])
