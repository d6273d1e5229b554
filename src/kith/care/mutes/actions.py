"""Writes of sensitive times: recorded and ended by HR; what is under way for the person ends at once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.care.mutes.models import Mute
from kith.care.programmes.exits import leave_now
from kith.care.programmes.models import Outcome
from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person

LONGEST = timedelta(days=366)


def mute(*, person: Person, since: date, until: date, at: datetime, by_id: int | None) -> Mute:
    """Let care be silent for a person from `since` to `until`, both included; `BadInput` for impossible days."""
    if until < since:
        raise BadInput(_("The last day lies before the first."), field="until")
    if until - since > LONGEST:
        raise BadInput(_("A sensitive time lasts a year at most; record it again then."), field="until")
    today = local_date(at, person.zone)
    if until < today:
        raise BadInput(_("These days are over already."), field="until")
    with transaction.atomic():
        recorded = Mute.objects.create(
            person=person, since=since, until=until, recorded_by_id=by_id, recorded_at=at
        )  # fmt: skip
        if since <= today:
            leave_now(person_ids=[person.pk], because=Outcome.QUIET, at=at)
    return recorded


def unmute(*, recorded: Mute) -> None:
    """End a sensitive time: it leaves nothing behind."""
    recorded.delete()
