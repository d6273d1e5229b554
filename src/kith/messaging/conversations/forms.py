"""Input of conversations, made clean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.messaging.conversations.finding import found_people
from kith.messaging.conversations.models import Notify
from kith.messaging.conversations.rules import LONGEST

NOTIFY = [
    (Notify.ALL, _("Everything")),
    (Notify.MENTIONS, _("What names me")),
    (Notify.NOTHING, _("Nothing")),
]


class PeopleField(forms.CharField):
    """Colleagues by mailbox, personnel number or full name, one a line or with commas between."""

    def clean(self, value: Any) -> Any:
        """Return the persons; a word that finds nobody, or more than one, is an error with that word."""
        words = super().clean(value)
        people, unknown = found_people(words or "")
        if unknown:
            raise forms.ValidationError(
                _("Nobody (or more than one) is found by “%(word)s”."), params={"word": unknown}
            )
        return people


class GroupForm(forms.Form):
    """A group of colleagues."""

    title = forms.CharField(label=_("Subject"), max_length=120)
    people = PeopleField(
        label=_("Colleagues"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mailbox, personnel number or full name; one a line."),
    )


class AskForm(forms.Form):
    """A question to a function."""

    desk = forms.ChoiceField(label=_("To"))
    title = forms.CharField(label=_("Subject"), max_length=120)
    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, desks: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        """Offer the functions somebody may ask."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["desk"]
        field.choices = desks


class RosterForm(forms.Form):
    """A conversation of whoever belongs to a unit, a shift, or both."""

    title = forms.CharField(label=_("Subject"), max_length=120)
    unit = forms.ChoiceField(label=_("Unit and all below"))
    shift = forms.ChoiceField(label=_("Shift"), required=False)

    def __init__(
        self, *args: Any, units: Sequence[tuple[str, str]], shifts: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer units and shifts."""
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        shift: Any = self.fields["shift"]
        unit.choices, shift.choices = units, [("", _("All shifts")), *shifts]

    def rule(self) -> dict[str, Any]:
        """Return the predicate of who belongs to it."""
        parts = [{"attribute": "unit", "is": [self.cleaned_data["unit"]]}]
        if self.cleaned_data["shift"]:
            parts.append({"attribute": "shift", "is": [self.cleaned_data["shift"]]})
        return {"all": parts} if len(parts) > 1 else parts[0]


class EditForm(forms.Form):
    """Other words for one's own message."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))


class ReportForm(forms.Form):
    """Why a message should not stand."""

    reason = forms.CharField(
        label=_("What is wrong with it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(forms.Form):
    """What a moderator decides, with a sentence both sides read."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("kept", _("It stays")), ("removed", _("Its words are removed"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why, in a sentence for both sides"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AddForm(forms.Form):
    """More colleagues for a group."""

    people = PeopleField(
        label=_("Add colleagues"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mailbox, personnel number or full name; one a line."),
    )


class KeepingForm(forms.Form):
    """For how long messages are kept."""

    days = forms.TypedChoiceField(
        label=_("Keep messages"),
        choices=[
            ("", _("For ever")),
            ("90", _("90 days")),
            ("365", _("1 year")),
            ("1095", _("3 years")),
            ("3650", _("10 years")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
