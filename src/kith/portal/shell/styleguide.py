"""Example values for the living style guide: made up, always the same, no database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.kernel.money import Money

NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)


class ExampleForm(forms.Form):
    """One field of every kind."""

    subject = forms.CharField(label=_("What is it about?"), help_text=_("One line is enough."), max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("leave", _("Leave")), ("idea", _("Idea")), ("question", _("Question"))]
    )
    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(label=_("Your words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    channel = forms.ChoiceField(
        label=_("How may we answer?"),
        widget=forms.RadioSelect,
        choices=[("app", _("Here")), ("mail", _("By mail")), ("call", _("Call me back"))],
    )
    careful = forms.BooleanField(label=_("Only my manager may read this"), required=False)


def example() -> dict[str, Any]:
    """Return the context of `portal/styleguide.html`."""
    wrong = ExampleForm({"subject": "", "kind": "leave", "first_day": "31.11.2026", "words": _("As agreed with Linh.")})
    return {
        "now": NOW,
        "price": Money(Decimal(1250000), "VND"),
        "salary": Money(Decimal("1249.50"), "EUR"),
        "today": date(2026, 11, 26),
        "soon": NOW + timedelta(hours=4),
        "later": NOW + timedelta(days=3),
        "earlier": NOW - timedelta(days=1, hours=3),
        "form": ExampleForm(initial={"channel": "app"}),
        "wrong": wrong,
        "weeks": [(f"W{week}", value) for week, value in enumerate((61, 64, 70, 68, 77, 82, 88, 91, 90, 94), start=38)],
        "queues": [(_("Payroll questions"), 42), (_("Leave"), 27), (_("Ideas"), 12), (_("Complaints"), 4)],
    }
