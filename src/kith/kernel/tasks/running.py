"""Running the ticks that are due."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.kernel import clock
from kith.kernel.tasks.jobs import Queue, task
from kith.kernel.tasks.models import TickState
from kith.kernel.tasks.ticks import TICKS, Tick


def is_due(tick: Tick, *, last_at: datetime | None, at: datetime) -> bool:
    """Say whether `tick` is to run: never ran, its time is over, or the clock was set back behind its last run."""
    return last_at is None or at - last_at >= tick.every or at < last_at - timedelta(seconds=1)


def due_ticks(*, at: datetime) -> list[str]:
    """Return the names of the ticks that are due at `at`."""
    last = dict(TickState.objects.values_list("name", "last_at"))
    return [name for name, tick in TICKS.items() if is_due(tick, last_at=last.get(name), at=at)]


def run_tick(*, name: str, at: datetime) -> bool:
    """Run one tick if it is still due; two workers never run the same one at once."""
    with transaction.atomic():
        state, _ = TickState.objects.select_for_update().get_or_create(
            name=name, defaults={"last_at": datetime.min.replace(tzinfo=at.tzinfo)}
        )
        if not is_due(TICKS.get(name), last_at=state.last_at, at=at):
            return False
        state.last_at = at
        state.save(update_fields=["last_at"])
    TICKS.get(name).run(at)
    return True


def run_due_ticks(*, at: datetime) -> list[str]:
    """Run every due tick here and now, in the order of their names; return the names."""
    return [name for name in due_ticks(at=at) if run_tick(name=name, at=at)]


@task("kernel.tick", queue=Queue.URGENT, attempts=1)
def run_one(*, name: str) -> None:
    """Run one tick at the process clock."""
    run_tick(name=name, at=clock.now())


def enqueue_due() -> None:
    """Enqueue every due tick, each at most once."""
    for name in due_ticks(at=clock.now()):
        run_one.defer_once(key=f"tick:{name}", name=name)
