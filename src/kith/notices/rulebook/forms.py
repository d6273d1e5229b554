"""The form of the rule book; the ladder has a row for each step, an empty row is none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.notices.rulebook.actions import MAX_DAYS, MAX_QUOTA
from kith.notices.rulebook.book import MAX_WAIT, Book, Step, StepKind
from kith.notices.severities import Severity

ROWS = 6


class RulebookForm(forms.Form):
    """What holds for notices."""

    urgent_quota = forms.IntegerField(
        label=_("Urgent notices a sender may publish alone"), min_value=0, max_value=MAX_QUOTA
    )
    urgent_days = forms.IntegerField(label=_("Within how many days"), min_value=1, max_value=MAX_DAYS)
    translated_from = forms.ChoiceField(
        label=_("Every language is needed from"), choices=[*Severity.choices, ("", _("Never"))], required=False
    )
    enough_percent = forms.IntegerField(
        label=_("Stop escalating once this share has answered (percent)"), min_value=1, max_value=100
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the rows of the ladder."""
        super().__init__(*args, **kwargs)
        for number in range(ROWS):
            self.fields[f"do_{number}"] = forms.ChoiceField(
                label=_("Step %d goes to") % (number + 1),
                choices=[("", _("No step")), *StepKind.choices],
                required=False,
            )
            self.fields[f"wait_{number}"] = forms.IntegerField(
                label=_("after (minutes)"), min_value=0, max_value=MAX_WAIT, required=False
            )

    def steps(self) -> list[Step]:
        """Return the ladder."""
        said = self.cleaned_data
        return [
            Step(StepKind(said[f"do_{number}"]), said.get(f"wait_{number}") or 0)
            for number in range(ROWS)
            if said.get(f"do_{number}")
        ]


def initial(book: Book) -> dict[str, Any]:
    """Return a form's initial values."""
    values: dict[str, Any] = {
        "urgent_quota": book.urgent_quota,
        "urgent_days": book.urgent_days,
        "translated_from": book.translated_from,
        "enough_percent": book.enough_percent,
    }
    for number, step in enumerate(book.steps[:ROWS]):
        values[f"do_{number}"], values[f"wait_{number}"] = step.do.value, step.wait
    return values
