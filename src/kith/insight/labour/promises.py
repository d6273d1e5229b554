"""The acts of promises, which stand on a lower floor and so cannot put them on the shelf themselves."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.insight.labour.shelf import ActRow, AutomaticAct, put
from kith.kernel.texts import Text
from kith.promises.commitments.models import PromiseEvent, What


def _events(what: tuple[What, ...], since: datetime, until: datetime) -> QuerySet[PromiseEvent]:
    """Return what happened without anybody's hand."""
    return PromiseEvent.objects.filter(what__in=what, at__gte=since, at__lt=until, by_id__isnull=True)


def _act(code: str, label: StrOrPromise, minutes: str, *what: What) -> None:
    def count(since: datetime, until: datetime) -> int:
        return _events(what, since, until).count()

    def rows(since: datetime, until: datetime, limit: int) -> Sequence[ActRow]:
        found = _events(what, since, until).select_related("promise").order_by("-at", "-id")[:limit]
        return [ActRow(row.at, Text(en=row.promise.subject), f"/promises/{row.promise.public_id}/") for row in found]

    put(AutomaticAct(code, label, Decimal(minutes), count, rows))


_act("promises.escalated", _("Overdue promises followed up"), "10", What.OVERDUE, What.ESCALATED)
_act("promises.passed-on", _("Promises passed on by rule"), "15", What.PASSED_ON)
