"""Where other capabilities put their kinds of promises and their duties, and the kinds that belong to nobody else."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kith.promises.commitments.kinds import KINDS, PromiseKind
from kith.promises.duty.shelf import DUTIES, Duty

for _kind in (
    PromiseKind("answer", _("Answer"), within=timedelta(hours=16), by_hand=True),
    PromiseKind("approval", _("Approval"), within=timedelta(hours=16), pace=timedelta(hours=4), by_hand=True),
    PromiseKind("call", _("Call back"), within=timedelta(hours=4), pace=timedelta(hours=2), by_hand=True),
    PromiseKind("delivery", _("Delivery"), within=timedelta(hours=40), by_hand=True),
    PromiseKind("review", _("Review"), within=timedelta(hours=80), by_hand=True),
):
    KINDS.put(_kind.code, _kind)

__all__ = ["DUTIES", "KINDS", "Duty", "PromiseKind"]
