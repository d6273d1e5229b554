"""Input of the anonymous route, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.voice.ideas.models import Category
from kith.voice.ideas.words import CATEGORIES


class NamelessForm(forms.Form):
    """An idea without a name."""

    title = forms.CharField(label=_("In one line"), max_length=150)
    text = forms.CharField(
        label=_("What should be different, and why?"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    category = forms.ChoiceField(label=_("About"), choices=CATEGORIES, initial=Category.OTHER, required=False)

    @property
    def chosen(self) -> Category:
        """The category, "something else" where none was chosen."""
        return Category(self.cleaned_data["category"] or Category.OTHER)


class ReceiptForm(forms.Form):
    """A receipt as it was written down."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )
