"""The acts of promises, which stand on a lower floor and so cannot put them on the shelf themselves."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.insight.labour.shelf import ActRow, AutomaticAct, put
from kith.kernel.languages import OUR_LANGUAGES, django_code
from kith.kernel.texts import Text
from kith.promises.commitments.models import PromiseEvent, What
from kith.promises.commitments.queries import OVERSEERS
from kith.promises.commitments.showing import kind_label, page_of, subject_of


def _kind(code: str) -> Text:
    """Return the words for a kind of promise in each of our languages."""
    words = Text()
    for language in OUR_LANGUAGES:
        with translation.override(django_code(language)):
            words[language] = kind_label(code)
    return words


def _events(what: tuple[What, ...], since: datetime, until: datetime) -> QuerySet[PromiseEvent]:
    """Return what happened without anybody's hand."""
    return PromiseEvent.objects.filter(what__in=what, at__gte=since, at__lt=until, by_id__isnull=True)


def _act(code: str, label: StrOrPromise, minutes: str, *what: What) -> None:
    def count(since: datetime, until: datetime) -> int:
        return _events(what, since, until).count()

    def rows(since: datetime, until: datetime, limit: int) -> Sequence[ActRow]:
        found = _events(what, since, until).select_related("promise").order_by("-at", "-id")[:limit]
        return [
            ActRow(
                at=row.at,
                label=_kind(row.promise.kind),
                link=page_of(row.promise),
                about=subject_of(row.promise),
                roles=OVERSEERS,
            )
            for row in found
        ]

    put(AutomaticAct(code, label, Decimal(minutes), count, rows))


_act("promises.escalated", _("Overdue promises followed up"), "10", What.OVERDUE, What.ESCALATED)
_act("promises.passed-on", _("Promises passed on by rule"), "15", What.PASSED_ON)
