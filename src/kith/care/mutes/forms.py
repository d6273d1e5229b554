"""Input of sensitive times, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.promises.finding import PersonField


class MuteForm(forms.Form):
    """Whom care leaves alone, from when until when; never why."""

    person = PersonField(label=_("Person"), max_length=254, help_text=_("Mailbox or personnel number."))
    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
