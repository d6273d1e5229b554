"""What care gives to insight: the acts it does by itself, counted as labour saved."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.care.programmes.queries import steps_done
from kith.insight.labour.shelf import ActRow, AutomaticAct, put


def _act(kindness: str, label: StrOrPromise, minutes: str) -> None:
    def count(since: datetime, until: datetime) -> int:
        return steps_done(kindness=kindness, since=since, until=until).count()

    def rows(since: datetime, until: datetime, limit: int) -> Sequence[ActRow]:
        found = steps_done(kindness=kindness, since=since, until=until)[:limit]
        return [ActRow(row.at, row.run.programme.name, f"/desk/care/{row.run.programme.code}/") for row in found]

    put(AutomaticAct(f"care.{kindness}", label, Decimal(minutes), count, rows))


_act("greet", _("Greetings sent"), "5")
_act("offer-gift", _("Gifts offered"), "15")
_act("call", _("Calls asked for"), "3")
_act("task", _("Tasks asked for"), "3")
_act("credit", _("Points credited"), "5")
