"""Writes of the rule book: another version, never a change of one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.notices.rulebook.book import Step, as_json, steps_of
from kith.notices.rulebook.facts import RulebookChanged
from kith.notices.rulebook.models import Rulebook
from kith.notices.severities import Severity
from kith.people.persons.models import Person

MAX_QUOTA, MAX_DAYS = 1000, 365


def lay_down(
    *,
    urgent_quota: int,
    urgent_days: int,
    translated_from: str,
    enough_percent: int,
    steps: Sequence[Step],
    by: Person | None,
    at: datetime,
) -> Rulebook:
    """Let another rule book hold for the notices published from now on; those under way keep theirs."""
    if not 0 <= urgent_quota <= MAX_QUOTA or not 1 <= urgent_days <= MAX_DAYS:
        raise BadInput(_("The urgency budget is 0 to 1,000 notices within 1 to 365 days."), field="urgent_quota")
    if translated_from and translated_from not in Severity.values:
        raise BadInput(_("There is no such severity."), field="translated_from")
    if not 1 <= enough_percent <= 100:  # noqa: PLR2004  (a share in percent)
        raise BadInput(_("Enough is a share between 1 and 100 percent."), field="enough_percent")
    ladder = as_json(steps)
    steps_of(ladder)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('notices.rulebook', 0))")
        newest = Rulebook.objects.order_by("-version").values_list("version", flat=True).first() or 0
        kept = Rulebook.objects.create(
            version=newest + 1,
            urgent_quota=urgent_quota,
            urgent_days=urgent_days,
            translated_from=translated_from,
            enough_percent=enough_percent,
            ladder=ladder,
            changed_by=by,
            changed_at=at,
        )
        publish(RulebookChanged(version=kept.version), at=at, by_id=by.pk if by else None)
    return kept
