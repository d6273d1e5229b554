"""Input about promises made clean."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.promises.commitments.by_hand import kinds_by_hand
from kith.promises.finding import PersonField, UnitField


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


class WishForm(forms.Form):
    """What is to be owed, until when."""

    kind = forms.ChoiceField(label=_("Kind"))
    words = forms.CharField(label=_("What is owed"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, known: Person | Unit | None, **kwargs: Any) -> None:
        """Offer the kinds; whom the page is about need not be named again."""
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = kinds_by_hand()
        self.known = known


class OweForm(WishForm):
    """To whom something is owed: `known`, or by mailbox or personnel number."""

    to = PersonField(label=_("To whom"), max_length=254)

    field_order = ("to", "kind", "words", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the person only where the page is not about one."""
        super().__init__(*args, **kwargs)
        if self.known is not None:
            del self.fields["to"]

    @property
    def person(self) -> Person:
        """To whom."""
        to: Person = self.known if isinstance(self.known, Person) else self.cleaned_data["to"]
        return to


class AskForm(WishForm):
    """Of whom something is asked: `known`, or a person by mailbox or personnel number, or a unit by name or code."""

    of = PersonField(label=_("A person"), required=False, max_length=254)
    unit = UnitField(label=_("Or a unit"), required=False, max_length=100)

    field_order = ("of", "unit", "kind", "words", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for person or unit only where the page is not about one."""
        super().__init__(*args, **kwargs)
        if self.known is not None:
            del self.fields["of"], self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        """See to it that exactly one is asked."""
        cleaned = super().clean() or self.cleaned_data
        if self.known is None and not {"of", "unit"} & set(self.errors):
            chosen = [each for each in (cleaned.get("of"), cleaned.get("unit")) if each is not None]
            if len(chosen) != 1:
                self.add_error("of", _("Name one person or one unit."))
        return cleaned

    @property
    def asked(self) -> Person | Unit:
        """Of whom."""
        asked: Person | Unit = self.known or self.cleaned_data["of"] or self.cleaned_data["unit"]
        return asked


class DoneForm(forms.Form):
    """How a promise was kept, in words that whoever waits reads."""

    proof = forms.CharField(label=_("What was done"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
