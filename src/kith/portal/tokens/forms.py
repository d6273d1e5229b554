"""Input of a bearer token, made clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.access.apitokens.scopes import SCOPES

LONGEST_DAYS = 365


class TokenForm(forms.Form):
    """A token for a program of one's own."""

    name = forms.CharField(label=_("What it is for"), max_length=100, help_text=_("For example: Payroll export"))
    scopes = forms.MultipleChoiceField(label=_("What it may do"), choices=[], widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=_("Valid for (days)"), min_value=1, max_value=LONGEST_DAYS, initial=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the scopes on the shelf."""
        super().__init__(*args, **kwargs)
        scopes = self.fields["scopes"]
        if isinstance(scopes, forms.MultipleChoiceField):
            scopes.choices = list(SCOPES.items())
