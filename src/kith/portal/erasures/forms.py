"""What is said when erasing is asked for or declined, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """Whom it is about, and why."""

    key = forms.CharField(
        label=_("Personnel or customer number, or key"),
        max_length=80,
        help_text=_("The key stands at the end of the address of the person's page."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def clean_key(self) -> str:
        """Return the number or key without spaces around it."""
        return str(self.cleaned_data["key"]).strip().replace("\0", "")


class DeclineForm(forms.Form):
    """Why it is declined; the person can read it."""

    answer = forms.CharField(label=_("Why not"), max_length=300)
