"""A payment process on screen: one line a step."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.billing.processes.methods import BY_BILL, METHODS
from kith.billing.processes.models import PaymentProcess
from kith.billing.processes.rules import Step, parse
from kith.people.segments.models import Segment

ROWS = 6


def _methods() -> list[tuple[str, object]]:
    ours: list[tuple[str, object]] = [(name, method.label) for name, method in METHODS.items()]
    return [("", _("not used")), *ours, (BY_BILL, _("By bill"))]


def _segments() -> list[tuple[str, str]]:
    rows = Segment.objects.exclude(code=None).order_by("code")
    return [("", str(_("Everybody"))), *((str(row.code), str(row.name)) for row in rows)]


class StepForm(forms.Form):
    """One way of paying: for whom, from and up to which amount, how many days a bill gives."""

    method = forms.ChoiceField(label=_("Way of paying"), choices=_methods, required=False)
    segment = forms.ChoiceField(label=_("For whom"), choices=_segments, required=False)
    at_least = forms.DecimalField(
        label=_("From amount"), required=False, min_value=Decimal(0), max_digits=20, decimal_places=4
    )
    at_most = forms.DecimalField(
        label=_("Up to amount"), required=False, min_value=Decimal(0), max_digits=20, decimal_places=4
    )
    days = forms.IntegerField(label=_("Days to pay a bill"), required=False, min_value=0, max_value=365)

    def step(self) -> Step | None:
        """Return the step, None for an unused row; only after `is_valid`."""
        data = self.cleaned_data
        if not data["method"]:
            return None
        return Step(data["method"], data["segment"], data["at_least"], data["at_most"], data["days"] or 14)


StepFormSet = forms.formset_factory(StepForm, extra=0, min_num=ROWS, max_num=ROWS, absolute_max=ROWS)


def initial_of(process: PaymentProcess) -> list[dict[str, object]]:
    """Return the rows of a process for the form, unused ones at the end."""
    steps = [parse(stored) for stored in process.steps][:ROWS]
    rows: list[dict[str, object]] = [
        {
            "method": step.method,
            "segment": step.segment,
            "at_least": step.at_least,
            "at_most": step.at_most,
            "days": step.days,
        }
        for step in steps
    ]
    return rows + [{} for _row in range(ROWS - len(rows))]
