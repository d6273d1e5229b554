"""Input of the gift desk, made clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.commerce.gifts.kinds import CURRENCIES
from kith.commerce.gifts.models import GiftPot, Level
from kith.commerce.products.models import Product
from kith.people.organizations.models import Organization, OrganizationKind


def _countries(words: str) -> list[str]:
    found = [part.strip().upper() for part in words.split(",") if part.strip()]
    if any(len(each) != 2 or not (each.isalpha() and each.isascii()) for each in found):  # noqa: PLR2004  (ISO 3166)
        raise forms.ValidationError(_("A country has two letters, such as VN."))
    return found


def _tags(words: str) -> list[str]:
    return list(dict.fromkeys(part.strip()[:40] for part in words.split(",") if part.strip()))[:20]


class CompanyForm(forms.Form):
    """A form of one of our companies."""

    organization = forms.ModelChoiceField(
        label=_("Company"), queryset=Organization.objects.filter(kind=OrganizationKind.OURS).order_by("id"),
        empty_label=None,
    )  # fmt: skip


class CapsForm(CompanyForm):
    """Caps, and the reason that people read."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(each, each) for each in CURRENCIES])
    cap_a_gift = forms.DecimalField(label=_("For one gift at most"), min_value=0, max_digits=16, decimal_places=4)
    cap_a_year = forms.DecimalField(label=_("For one person in a year"), min_value=0, max_digits=16, decimal_places=4)
    reason = forms.CharField(label=_("Why (people read this)"), max_length=200, required=False)


class PolicyForm(CapsForm):
    """What holds where no budget is nearer."""

    address_days = forms.IntegerField(
        label=_("Days an address is kept after a gift arrived"), min_value=1, max_value=365, initial=30
    )


class PotForm(CapsForm):
    """A budget of a country and level."""

    country = forms.CharField(label=_("Country (two letters; empty: any)"), max_length=2, required=False)
    level = forms.ChoiceField(label=_("For whom"), choices=[("", _("Everybody")), *Level.choices], required=False)


def pot_label(pot: GiftPot) -> str:
    """Return a budget's name: country, for whom, currency."""
    level = pot.get_level_display() if pot.level else _("Everybody")
    return f"{pot.country or _('Any country')} · {level} · {pot.currency}"


class PotField(forms.ModelChoiceField[GiftPot]):
    """A budget, by its name."""

    def label_from_instance(self, obj: GiftPot) -> str:
        """Return the budget's name."""
        return pot_label(obj)


class FillForm(forms.Form):
    """Money for a budget."""

    pot = PotField(label=_("Which budget"), queryset=GiftPot.objects.none(), empty_label=None)
    amount = forms.DecimalField(label=_("How much"), min_value=0, max_digits=16, decimal_places=4)
    until = forms.DateField(
        label=_("To be given until (empty: for ever)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every budget."""
        super().__init__(*args, **kwargs)
        field = self.fields["pot"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = GiftPot.objects.order_by("id")


class CharityForm(CompanyForm):
    """Somebody to whom a gift may go instead."""

    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(label=_("What it does"), max_length=200, required=False)
    countries = forms.CharField(label=_("Countries (VN, DE; empty: all)"), max_length=200, required=False)

    def clean_countries(self) -> list[str]:
        """Return country codes."""
        return _countries(self.cleaned_data["countries"])


class GiftForm(forms.Form):
    """A product that may be given."""

    sku = forms.CharField(label=_("Product (SKU)"), max_length=64)
    cost = forms.DecimalField(label=_("What it costs us"), min_value=0, max_digits=16, decimal_places=4)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(each, each) for each in CURRENCIES])
    fits = forms.CharField(label=_("Fits who likes (tea, music)"), max_length=400, required=False)
    contains = forms.CharField(label=_("Contains (nuts, alcohol)"), max_length=400, required=False)
    countries = forms.CharField(label=_("Countries (VN, DE; empty: all)"), max_length=200, required=False)

    def clean_sku(self) -> Product:
        """Return the product."""
        found = Product.objects.filter(item__sku=self.cleaned_data["sku"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no product with this SKU."))
        return found

    def clean_countries(self) -> list[str]:
        """Return country codes."""
        return _countries(self.cleaned_data["countries"])

    def clean_fits(self) -> list[str]:
        """Return tags."""
        return _tags(self.cleaned_data["fits"])

    def clean_contains(self) -> list[str]:
        """Return tags."""
        return _tags(self.cleaned_data["contains"])
