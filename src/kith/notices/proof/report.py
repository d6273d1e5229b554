"""The after-action report: how long answers took, by which way they came, and why some people could not be reached."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.messaging.deliveries.models import ANSWERED, State
from kith.notices.publishing.models import Notice

WAYS: dict[str, StrOrPromise] = {
    "page": _("on the page"),
    "mail": _("by the link in the mail"),
    "kiosk": _("at a kiosk"),
    "api": _("by a program"),
    "muster": _("counted by a muster leader"),
}
CAUSES: dict[str, StrOrPromise] = {
    "no-login": _("no mailbox and no way to sign in"),
    "mail-failed": _("the mailbox refuses mail, and there is no way to sign in"),
}


@dataclass(frozen=True)
class Way:
    """Answers that came one way; `median` and `p95` are times from when the person was told to the answer."""

    key: str
    label: StrOrPromise
    answers: int
    median: timedelta | None
    p95: timedelta | None


@dataclass(frozen=True)
class Cause:
    """A cause for which people could not be reached."""

    label: StrOrPromise
    people: int


@dataclass(frozen=True)
class Report:
    """What to learn from a notice; `total` is every way together."""

    total: Way
    ways: tuple[Way, ...]
    unreachable: tuple[Cause, ...]


_TIMES = """
    SELECT GROUPING(d.via), d.via, count(*),
           percentile_disc(0.5) WITHIN GROUP (ORDER BY d.acknowledged_at - greatest(m.at, d.joined_at)),
           percentile_disc(0.95) WITHIN GROUP (ORDER BY d.acknowledged_at - greatest(m.at, d.joined_at))
    FROM messaging_delivery d JOIN messaging_message m ON m.id = d.message_id
    WHERE d.message_id = %(message)s AND d.state = ANY(%(answered)s) AND d.acknowledged_at IS NOT NULL
    GROUP BY GROUPING SETS ((), (d.via)) ORDER BY 1 DESC, 3 DESC, 2
"""
_CAUSES = """
    SELECT remark, count(*) FROM messaging_delivery WHERE message_id = %(message)s AND state = %(unreachable)s
    GROUP BY remark ORDER BY 2 DESC, 1
"""


def report(notice: Notice) -> Report:
    """Return the report of a published notice; two queries."""
    given: dict[str, Any] = {
        "message": notice.message_id,
        "answered": [state.value for state in ANSWERED],
        "unreachable": State.UNREACHABLE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, given)
        times = cursor.fetchall()
        cursor.execute(_CAUSES, given)
        causes = cursor.fetchall()
    total = Way("", _("all together"), 0, None, None)
    ways = []
    for is_total, via, number, median, p95 in times:
        if is_total:
            total = Way("", total.label, number, median, p95)
        else:
            ways.append(Way(via or "", WAYS.get(via or "", via or _("not known")), number, median, p95))
    return Report(
        total, tuple(ways), tuple(Cause(CAUSES.get(key or "", key or _("not known")), n) for key, n in causes)
    )
