"""Input of dates that end something, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.care.terms.models import TermKind
from kith.promises.finding import PersonField


class TermForm(forms.Form):
    """Whose, what ends, and on which day."""

    person = PersonField(label=_("Person"), max_length=254, help_text=_("Mailbox or personnel number."))
    kind = forms.ChoiceField(label=_("What ends"), choices=TermKind.choices)
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
