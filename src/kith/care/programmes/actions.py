"""The round: find what is due, begin it, and do its steps; each once, whatever is killed in between."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from kith.care.conditions import CONDITIONS
from kith.care.kindnesses import BRANCH, KINDNESSES, STEERS, WAIT, Occasion
from kith.care.moments import MOMENTS
from kith.care.programmes.calendars import WorkingDays, calendars_of
from kith.care.programmes.drafting import release, switch
from kith.care.programmes.exits import leave_due, leave_now, must_leave
from kith.care.programmes.facts import CareGiven
from kith.care.programmes.models import Outcome, Programme, Run, RunState, StepDone
from kith.care.programmes.queries import statement
from kith.care.programmes.timing import Works, after_wait, needs_calendars, on_working_day
from kith.care.programmes.tree import Node, nodes
from kith.kernel.clock import at_local, local_date
from kith.kernel.facts import publish

__all__ = ["begin_due", "do_due", "release", "switch"]

STILL_WELCOME = timedelta(days=7)
"""How long after its time a missed moment is still answered (and marked late); older ones are left."""
LATE = timedelta(hours=12)
BATCH = 500

_BEGIN = """
    INSERT INTO care_run (public_id, programme_id, version_id, person_id, occasion, due_at, late, state, begun_at)
    SELECT gen_random_uuid(), %(programme)s, %(version)s, f.person_id, f.occasion, f.due_at,
           f.due_at <= %(late)s, 'due', %(at)s
    FROM ({found}) AS f {room} ON CONFLICT (programme_id, person_id, occasion) DO NOTHING
"""
_ROOM = """
    ORDER BY f.due_at, f.person_id LIMIT greatest(0, %(at_once)s - (
        SELECT count(*) FROM care_run o WHERE o.programme_id = %(programme)s AND o.state IN ('due', 'waiting')))
"""


def begin_due(*, at: datetime) -> int:
    """Begin a run for every moment that has come, in one statement a programme; return how many are new.

    A moment missed while nobody looked is answered for seven days. Each occasion begins once, however often
    and with whatever clock this is called. Where only so many may be inside at once, the others wait their turn
    for as long.
    """
    begun = 0
    active = Programme.objects.filter(is_active=True, current__isnull=False)
    for programme in active.select_related("current__programme"):
        version = programme.current
        if version is None:
            continue
        sql, params = statement(version, after=at - STILL_WELCOME, upto=at)
        given = {**params, "version": version.pk, "at": at, "late": at - LATE, "at_once": version.at_once}
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN.format(found=sql, room=_ROOM if version.at_once else ""), given)
            begun += cursor.rowcount
    return begun


def do_due(*, at: datetime) -> int:
    """Do what runs have to do by now, batch by batch; a killed worker's batch is done by the next one.

    Whoever has to leave, leaves first. Return how many runs were dealt with.
    """
    leave_due(at=at)
    done = 0
    while batch := _do_batch(at=at):
        done += batch
    return done


@dataclass
class _Batch:
    """What a batch needs to know, and what it has done. `answered`: for whom a question (version, place) says yes."""

    at: datetime
    runs: Sequence[Run]
    days: dict[int, Works] = field(default_factory=dict)
    done: list[StepDone] = field(default_factory=list)
    answered: dict[tuple[int, int], set[int]] = field(default_factory=dict)

    def way(self, run: Run, node: Node) -> int | None:
        """Return where a run goes on behind a question; all runs of the version are asked at once."""
        key = (run.version_id, node.position)
        if key not in self.answered:
            asked = {each.pk: each.person_id for each in self.runs if each.version_id == run.version_id}
            condition = CONDITIONS.get(node.step["if"])
            self.answered[key] = condition.holding(runs=asked, position=node.position, step=node.step, at=self.at)
        return node.yes if run.pk in self.answered[key] else node.no


def _works(runs: Sequence[Run], *, at: datetime) -> dict[int, Works]:
    """Return the working days of those whose steps wait for them, by person."""
    ids = {run.person_id for run in runs if needs_calendars(run.version.steps, run.version.on_free_day)}
    if not ids:
        return {}
    known, calendars = WorkingDays(), calendars_of(person_ids=ids, day=at.date())
    return {person_id: known.of(calendars.get(person_id)) for person_id in ids}


def _due_runs(at: datetime) -> list[Run]:
    """Return the next runs to do, locked: those that begin, then those whose wait is over."""
    rows = Run.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "version", "programme", "person"
    )
    runs = list(rows.filter(state=RunState.DUE).order_by("id")[:BATCH])
    return runs or list(rows.filter(state=RunState.WAITING, next_at__lte=at).order_by("next_at", "id")[:BATCH])


def _do_batch(*, at: datetime) -> int:
    with transaction.atomic():
        runs = _due_runs(at)
        if not runs:
            return 0
        leaving = must_leave(person_ids={run.person_id for run in runs}, at=at)
        for because in (Outcome.LEFT, Outcome.QUIET):
            ids = [person_id for person_id, why in leaving.items() if why == because]
            if ids:
                leave_now(person_ids=ids, because=because, at=at)
        staying = [run for run in runs if run.person_id not in leaving]
        batch = _Batch(at=at, runs=staying, days=_works(staying, at=at))
        for run in staying:
            _go_on(run, batch)
        StepDone.objects.bulk_create(batch.done)
        finished = [run.pk for run in staying if run.state == RunState.DONE]
        Run.objects.filter(pk__in=finished).update(
            state=RunState.DONE, outcome=Outcome.FINISHED, next_at=None, done_at=at
        )
        waiting = [run for run in staying if run.state == RunState.WAITING]
        Run.objects.bulk_update(waiting, ["state", "step", "next_at"])
    return len(runs)


def _go_on(run: Run, batch: _Batch) -> None:
    """Do the steps of a run up to its next wait, or its end."""
    values = MOMENTS.get(run.programme.moment).values(run.occasion)
    first, laid = run.step, nodes(run.version.steps)
    run.state = RunState.DONE
    position = first if first < len(laid) else None
    while position is not None:
        node = laid[position]
        if node.kindness == WAIT and node.yes is not None:
            run.state, run.step, run.next_at = RunState.WAITING, node.yes, _next_at(run, node, batch)
            break
        if node.kindness not in STEERS:
            occasion = Occasion(
                run_id=run.pk, public_id=str(run.public_id), person=run.person, occasion=run.occasion, late=run.late,
                position=position, values=values,
            )  # fmt: skip
            KINDNESSES.get(node.kindness).do(occasion=occasion, step=node.step, at=batch.at)
            batch.done.append(StepDone(run_id=run.pk, position=position, kindness=node.kindness, at=batch.at))
        position = batch.way(run, node) if node.kindness == BRANCH else node.yes
    if first == 0:
        publish(CareGiven(run_id=run.pk, person_id=run.person_id), at=batch.at)


def _next_at(run: Run, node: Node, batch: _Batch) -> datetime:
    """Return when a wait is over: at the programme's hour where the person lives, counted from when it should begin."""
    due = run.next_at or run.due_at
    begins = due if batch.at - due < LATE else batch.at
    day, works = local_date(begins, run.person.zone), batch.days.get(run.person_id) or (lambda _day: True)
    over = on_working_day(after_wait(node.step, day, works), works, run.version.on_free_day, not_before=day)
    return at_local(over, run.version.hour, 0, run.person.zone)
