"""Writes of programmes: release a version, switch on and off, find what is due, and do it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.care.kindnesses import KINDNESSES, Occasion
from kith.care.moments import MOMENTS
from kith.care.programmes.facts import CareGiven, ProgrammeReleased
from kith.care.programmes.models import Programme, ProgrammeVersion, Run, RunState
from kith.care.programmes.queries import statement
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.segments.predicate import as_json, parse

STILL_WELCOME = timedelta(days=7)
"""How long after its time a missed moment is still answered (and marked late); older ones are left."""
LATE = timedelta(hours=12)
BATCH = 500
HOURS = range(24)


def release(
    *,
    code: str,
    name: Text,
    moment: str,
    rule: Any,
    hour: int,
    steps: Sequence[dict[str, Any]],
    at: datetime,
    by_id: int | None,
) -> Programme:
    """Release the next version of the programme `code`; the first release makes it, switched off."""
    if moment not in MOMENTS:
        raise BadInput(_("There is no moment “%s”.") % moment[:60], field="moment")
    if hour not in HOURS:
        raise BadInput(_("The hour lies between 0 and 23."), field="hour")
    for step in steps:
        if step.get("kindness") not in KINDNESSES:
            raise BadInput(_("There is no kindness “%s”.") % str(step.get("kindness"))[:60], field="steps")
    with transaction.atomic():
        programme, _fresh = Programme.objects.select_for_update().get_or_create(
            code=code, defaults={"name": name, "moment": moment}
        )
        number = (programme.versions.order_by("-version").values_list("version", flat=True).first() or 0) + 1
        programme.name, programme.moment = name, moment
        programme.current = ProgrammeVersion.objects.create(
            programme=programme, version=number, rule=as_json(parse(rule)), hour=hour, steps=list(steps),
            released_at=at, released_by_id=by_id,
        )  # fmt: skip
        programme.save()
        publish(ProgrammeReleased(programme_id=programme.pk, version=number), at=at, by_id=by_id)
    return programme


def switch(*, programme: Programme, on: bool) -> None:
    """Switch a programme on or off; runs that have begun go on."""
    Programme.objects.filter(pk=programme.pk).update(is_active=on)


_BEGIN = """
    INSERT INTO care_run (public_id, programme_id, version_id, person_id, occasion, due_at, late, state, begun_at)
    SELECT gen_random_uuid(), %(programme)s, %(version)s, f.person_id, f.occasion, f.due_at,
           f.due_at <= %(late)s, 'due', %(at)s
    FROM ({found}) AS f ON CONFLICT (programme_id, person_id, occasion) DO NOTHING
"""


def begin_due(*, at: datetime) -> int:
    """Begin a run for every moment that has come, in one statement a programme; return how many are new.

    A moment missed while nobody looked is answered for seven days. Each occasion begins once, however often
    and with whatever clock this is called.
    """
    begun = 0
    for programme in Programme.objects.filter(is_active=True, current__isnull=False).select_related("current"):
        version = programme.current
        if version is None:
            continue
        sql, params = statement(version, after=at - STILL_WELCOME, upto=at)
        given = {**params, "programme": programme.pk, "version": version.pk, "at": at, "late": at - LATE}
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN.format(found=sql), given)
            begun += cursor.rowcount
    return begun


def do_due(*, at: datetime) -> int:
    """Do the steps of runs that have begun, batch by batch; a killed worker's batch is done by the next one."""
    done = 0
    while batch := _do_batch(at=at):
        done += batch
    return done


def _do_batch(*, at: datetime) -> int:
    with transaction.atomic():
        runs = list(
            Run.objects.filter(state=RunState.DUE)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("version", "person")
            .order_by("id")[:BATCH]
        )
        for run in runs:
            occasion = Occasion(
                run_id=run.pk, public_id=str(run.public_id), person=run.person, occasion=run.occasion, late=run.late
            )
            for step in run.version.steps:
                KINDNESSES.get(step["kindness"]).do(occasion=occasion, step=step, at=at)
            publish(CareGiven(run_id=run.pk, person_id=run.person_id), at=at)
        Run.objects.filter(pk__in=[run.pk for run in runs]).update(state=RunState.DONE, done_at=at)
    return len(runs)
