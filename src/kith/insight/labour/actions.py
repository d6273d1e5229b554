"""Writes of labour saved: how many minutes an act is worth."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from kith.insight.labour.models import MinuteValue
from kith.insight.labour.shelf import ACTS
from kith.kernel.refusals import BadInput, NotFound

MOST = Decimal(480)


def set_minutes(*, code: str, minutes: Decimal, at: datetime, by_id: int) -> MinuteValue:
    """Say how many minutes one act saves, 0 to 480."""
    if code not in ACTS:
        raise NotFound(_("There is no such act."))
    if not (minutes.is_finite() and 0 <= minutes <= MOST):
        raise BadInput(_("The minutes lie between 0 and 480."), field="minutes")
    return MinuteValue.objects.update_or_create(
        code=code,
        defaults={"minutes": minutes.quantize(Decimal("0.01")), "set_by_id": by_id, "set_at": at},
    )[0]
