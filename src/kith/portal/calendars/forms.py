"""Input about working hours made clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.kernel.refusals import BadInput
from kith.people.calendars.hours import WEEKDAYS, read, written
from kith.people.calendars.working import Intervals

DAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip


class HoursForm(forms.Form):
    """The hours of each weekday, from a day on."""

    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, now: Intervals, **kwargs: Any) -> None:
        """Begin with the hours in force."""
        super().__init__(*args, **kwargs)
        words = written(now)
        for day in range(WEEKDAYS):
            self.fields[f"day{day}"] = forms.CharField(
                label=DAYS[day], required=False, max_length=120, initial=words[day]
            )

    def clean(self) -> dict[str, Any]:
        """Read each day's hours; what is none is an error of its day."""
        cleaned = super().clean() or self.cleaned_data
        self.week: dict[int, list[list[str]]] = {}
        for day in range(WEEKDAYS):
            try:
                self.week[day] = read(cleaned.get(f"day{day}") or "")
            except BadInput as refusal:
                self.add_error(f"day{day}", refusal.sentence)
        return cleaned
