"""Input of a child born, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChildForm(forms.Form):
    """When it was born, how it is called (or not), and that care may know."""

    born_on = forms.DateField(label=_("Born on"), widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(label=_("Name (if you like)"), max_length=100, required=False)
    consents = forms.BooleanField(
        label=_("You may congratulate me"),
        required=False,
        help_text=_("Used for this and for nothing else; you can take it back here."),
    )
