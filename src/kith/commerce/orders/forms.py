"""What is typed about orders, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """A guest's look-up: number and mailbox."""

    number = forms.CharField(label=_("Number of the order"), max_length=20, help_text=_("It looks like K7QF-2MXD."))
    mailbox = forms.EmailField(label=_("E-mail"), help_text=_("The address you gave with the order."))


class CancelForm(forms.Form):
    """How many units of a line are taken back, and the key that makes a double click one cancellation."""

    line = forms.IntegerField(min_value=1, max_value=2**62)
    quantity = forms.IntegerField(min_value=1, max_value=999)
    key = forms.CharField(max_length=255)
    reason = forms.CharField(max_length=200, required=False)
