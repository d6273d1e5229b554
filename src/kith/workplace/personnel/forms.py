"""Input of the personnel desk, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _


def day(label: object) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))  # type: ignore[arg-type]


class AbsenceForm(forms.Form):
    """From when until when somebody is away, both days included; never why."""

    since = day(_("First day away"))
    until = day(_("Last day away"))


class LeavingForm(forms.Form):
    """The last day of an employment."""

    on = day(_("Last day"))
