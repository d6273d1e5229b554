"""Input of group cards, made clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.care.cards.drawing import NAMES
from kith.care.cards.models import CardKind
from kith.people.persons.models import Person


class BeginForm(forms.Form):
    """For which colleague of mine, and what for."""

    person = forms.ChoiceField(label=_("For whom"), choices=())
    kind = forms.ChoiceField(label=_("The occasion"), choices=CardKind.choices)

    def __init__(self, *args: Any, colleagues: list[Person], **kwargs: Any) -> None:
        """Offer the colleagues of one's unit."""
        super().__init__(*args, **kwargs)
        self.colleagues = {str(each.public_id): each for each in colleagues}
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, each.name) for key, each in self.colleagues.items()]

    @property
    def chosen(self) -> Person:
        """The colleague who was chosen."""
        return self.colleagues[self.cleaned_data["person"]]


class SignForm(forms.Form):
    """A few words, and a picture."""

    words = forms.CharField(label=_("Your words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    motif = forms.ChoiceField(
        label=_("A picture"), required=False, choices=[("", _("none")), *NAMES.items()], widget=forms.RadioSelect
    )
