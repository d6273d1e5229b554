"""Input about promises made clean."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.people.persons.models import Person
from kith.promises.finding import PersonField


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class UntilForm(ReasonForm):
    """A day and a reason."""

    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    field_order = ("until", "reason")

    @property
    def day(self) -> date:
        """The day that was asked for."""
        day: date = self.cleaned_data["until"]
        return day


class PassOnForm(ReasonForm):
    """Who is to own it: one of those who suggest themselves, or anybody by mailbox or personnel number."""

    to = forms.ChoiceField(label=_("To"), required=False)
    other = PersonField(label=_("Or somebody else"), required=False, max_length=254)

    field_order = ("to", "other", "reason")

    def __init__(self, *args: Any, candidates: Sequence[Person], **kwargs: Any) -> None:
        """Offer the candidates by name."""
        super().__init__(*args, **kwargs)
        self.candidates = {str(person.public_id): person for person in candidates}
        chosen: Any = self.fields["to"]
        chosen.choices = [("", "—"), *((key, person.name) for key, person in self.candidates.items())]

    def clean(self) -> dict[str, Any]:
        """See to it that exactly one person is meant."""
        cleaned = super().clean() or self.cleaned_data
        to, other = self.candidates.get(cleaned.get("to") or ""), cleaned.get("other")
        if "other" not in self.errors and (to is None) == (other is None):
            self.add_error("to", _("Choose one person, from the list or by mailbox or personnel number."))
        cleaned["person"] = other or to
        return cleaned
