"""What is typed at the check-out, made clean."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.billing.processes.queries import Offer
from kith.commerce.orders.asking import LONGEST_ADDRESS


class CheckOutForm(forms.Form):
    """Name and mailbox (guests only), address, way of paying with consent, whom the bill is for."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    mailbox = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("The bill and news of your order go there.")
    )
    ship_to = forms.CharField(
        label=gettext_lazy("Where it goes"),
        max_length=LONGEST_ADDRESS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Name, street, place; or the desk where you pick it up."),
    )
    payer = forms.ChoiceField(label=gettext_lazy("Bill to"), required=False)
    method = forms.ChoiceField(label=gettext_lazy("How do you pay?"), widget=forms.RadioSelect)
    consent = forms.BooleanField(required=False, label=gettext_lazy("I agree to the deduction from my salary."))
    key = forms.CharField(widget=forms.HiddenInput, max_length=255)
    expected_total = forms.DecimalField(widget=forms.HiddenInput, max_digits=20, decimal_places=4)
    price = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def open_to(self, offers: Sequence[Offer], *, is_guest: bool, firms: Sequence[tuple[str, str]]) -> None:
        """Say which ways of paying and payers may be chosen; only guests give name and mailbox."""
        open_ones = [(offer.method, offer.label) for offer in offers if not offer.problem]
        method = self.fields["method"]
        if isinstance(method, forms.ChoiceField):
            method.choices = open_ones
            method.required = bool(open_ones)
        payer = self.fields["payer"]
        if isinstance(payer, forms.ChoiceField):
            payer.choices = [("", _("Myself")), *firms]
        if not firms:
            del self.fields["payer"]
        if not is_guest:
            del self.fields["name"], self.fields["mailbox"]
        if not any(offer.consent for offer in offers if not offer.problem):
            del self.fields["consent"]
