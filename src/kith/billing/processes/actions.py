"""Writes of payment processes: every save is a new version, payments keep the one they ran under."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.billing.processes.methods import BY_BILL, METHODS
from kith.billing.processes.models import PaymentProcess
from kith.billing.processes.rules import Step, parse
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.segments.models import Segment


def save_process(
    *, code: str, name: Text, currency: str, steps: Sequence[Step], at: datetime, by_id: int | None
) -> PaymentProcess:
    """Save the next version of a process and put it in use; the first save makes it."""
    if not steps:
        raise BadInput(_("Offer at least one way of paying."), field="steps")
    for step in steps:
        if step.method != BY_BILL and step.method not in METHODS:
            raise BadInput(_("There is no way of paying called “%s”.") % step.method[:40], field="steps")
        if step.segment and not Segment.objects.filter(code=step.segment).exists():
            raise BadInput(_("There is no segment “%s”.") % step.segment[:60], field="steps")
    with transaction.atomic():
        last = PaymentProcess.objects.select_for_update().filter(code=code).order_by("-version").first()
        PaymentProcess.objects.filter(code=code, is_current=True).update(is_current=False)
        return PaymentProcess.objects.create(
            code=code,
            version=last.version + 1 if last else 1,
            name=name,
            currency=currency,
            steps=[parse(step.as_json()).as_json() for step in steps],
            saved_at=at,
            saved_by_id=by_id,
        )
