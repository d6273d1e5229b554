"""What notices give to care: the moment of one that somebody has not opened."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.care.fields import Field, FieldKind
from kith.care.moments import MOMENTS, Moment, Occurrences, days_after, due
from kith.messaging.deliveries.models import State
from kith.notices.severities import Severity

ANY = "any"
_SQL = f"""
    SELECT p.id AS person_id, 'notice-' || n.id AS occasion, due.due_at
    FROM notices_notice n JOIN messaging_delivery d ON d.message_id = n.message_id AND d.state = {State.SENT.value}
    JOIN people_person p ON p.id = d.person_id
    {due("((coalesce(d.joined_at, n.published_at) AT TIME ZONE p.zone)::date + %(wait)s)")}
    WHERE n.state = 'published' AND NOT n.drill AND (%(severity)s = 'any' OR n.severity = %(severity)s)
    AND (n.published_at BETWEEN %(first)s AND %(last)s OR d.joined_at BETWEEN %(first)s AND %(last)s)
    AND n.published_at > %(oldest)s AND (n.expires_at IS NULL OR n.expires_at > due.due_at)
    AND due.due_at > %(after)s AND due.due_at <= %(upto)s
"""  # noqa: S608  (only our own SQL words)
_OLDEST = timedelta(days=366)


def _severities() -> Sequence[tuple[str, str]]:
    return [(ANY, _("any notice")), *((value, str(label)) for value, label in Severity.choices)]


class Unread(Moment):
    """So many days after a notice went out to somebody, who has not opened it; once a notice, while it is in force."""

    label = gettext_lazy("Notice not opened")
    fields: Sequence[Field] = (
        Field("days", gettext_lazy("So many days after"), FieldKind.NUMBER, start=3, least=1, most=90),
        Field("severity", gettext_lazy("Which notices"), FieldKind.CHOICE, choices=_severities, start=ANY),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return deliveries that are not opened, of which the local `hour` on that day lies between two instants."""
        span = days_after(days=int(settings["days"]), after=after, upto=upto, hour=hour)
        return Occurrences(sql=_SQL, params={**span, "severity": settings["severity"], "oldest": after - _OLDEST})

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say how long a notice lies there."""
        del occasion
        days = int(settings["days"])
        return ngettext("a notice not opened for %s day", "a notice not opened for %s days", days) % days


MOMENTS.put("notice-unread", Unread())
