"""How ideas fare, as figures that everybody may see: of the house and of each unit, over the last year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from kith.insight.measures.models import Snapshot
from kith.people.organizations.models import Unit

CODES = ("voice.in-time", "voice.median-days", "voice.accepted", "voice.done", "voice.confirmed")
PERIOD = timedelta(days=365)


@dataclass(frozen=True)
class Numbers:
    """Counts of ideas: handed in; whose answer was due or given, and in time; answered, and what became of them.

    `median_days` is from handing in to the answer. `said` of the authors said whether they understood, `confirmed` did.
    """

    handed_in: int
    due: int
    in_time: int
    answered: int
    accepted: int
    done: int
    said: int
    confirmed: int
    median_days: Decimal | None

    @staticmethod
    def _share(part: int, whole: int) -> Decimal | None:
        return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None

    @property
    def in_time_share(self) -> Decimal | None:
        """Percent of what was due (or answered before) that was answered in time; None where nothing was."""
        return self._share(self.in_time, self.due)

    @property
    def accepted_share(self) -> Decimal | None:
        """Percent of what was answered to which we said yes, done or not."""
        return self._share(self.accepted, self.answered)

    @property
    def done_share(self) -> Decimal | None:
        """Percent of what was answered that was put into practice."""
        return self._share(self.done, self.answered)

    @property
    def confirmed_share(self) -> Decimal | None:
        """Percent of the authors who said so that found the answer to be one."""
        return self._share(self.confirmed, self.said)


_SQL = """
    WITH first AS (
        SELECT DISTINCT ON (subject) subject, state, due_at, kept_at FROM promises_promise
        WHERE kind = 'idea' ORDER BY subject, id
    )
    SELECT {key} count(*),
           count(*) FILTER (WHERE p.state = 'kept' OR p.due_at <= %(at)s),
           count(*) FILTER (WHERE p.state = 'kept' AND p.kept_at <= p.due_at),
           count(*) FILTER (WHERE i.answered_at IS NOT NULL),
           count(*) FILTER (WHERE i.state IN ('accepted', 'planned', 'done')),
           count(*) FILTER (WHERE i.state = 'done'),
           count(*) FILTER (WHERE i.understood IS NOT NULL),
           count(*) FILTER (WHERE i.understood),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.kept_at - i.submitted_at))
               FILTER (WHERE p.kept_at IS NOT NULL)
    FROM voice_idea i LEFT JOIN first p ON p.subject = 'idea:' || i.id
    WHERE i.submitted_at > %(since)s AND i.submitted_at <= %(at)s {group}
"""


def _of(row: Sequence[Decimal | int | None]) -> Numbers:
    handed_in, due, in_time, answered, accepted, done, said, confirmed = (int(count or 0) for count in row[:-1])
    seconds = row[-1]
    return Numbers(
        handed_in=handed_in,
        due=due,
        in_time=in_time,
        answered=answered,
        accepted=accepted,
        done=done,
        said=said,
        confirmed=confirmed,
        median_days=None if seconds is None else (Decimal(seconds) / 86_400).quantize(Decimal("0.1")),
    )


def numbers(*, at: datetime, period: timedelta = PERIOD) -> Numbers:
    """Return the figures of the whole house at `at`, over what was handed in during the period. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(key="", group=""), {"at": at, "since": at - period})
        return _of(cursor.fetchone())


def by_unit(*, at: datetime, period: timedelta = PERIOD) -> list[tuple[Unit | None, Numbers]]:
    """Return the figures of each unit that answers (None: nobody's unit), most ideas first. Two queries."""
    sql = _SQL.format(key="i.unit_id,", group="GROUP BY i.unit_id")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"at": at, "since": at - period})
        rows = cursor.fetchall()
    units = Unit.objects.in_bulk([row[0] for row in rows if row[0] is not None])
    found = [(units.get(row[0]), _of(row[1:])) for row in rows]
    return sorted(found, key=lambda each: (-each[1].handed_in, each[0].pk if each[0] else 0))


def measured() -> dict[str, Decimal]:
    """Return the newest kept figures of the house by their codes, without those there was nothing to measure for."""
    rows = Snapshot.objects.filter(code__in=CODES).order_by("code", "-day").distinct("code")
    return {row.code: row.value for row in rows if row.value is not None}
