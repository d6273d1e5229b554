"""Input of personnel matters, made clean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.people.organizations.models import Site, Unit
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment
from kith.promises.finding import PersonField

RANKS = ("first", "second")


def day(label: StrOrPromise) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class AbsenceForm(forms.Form):
    """From when until when somebody is away, both days included; never why."""

    since = day(_("First day away"))
    until = day(_("Last day away"))


class LeavingForm(forms.Form):
    """The last day of an employment."""

    on = day(_("Last day"))


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Rows with a name in several languages."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name in the reader's language."""
        return str(obj.name.in_language(get_language() or "en"))


class MoveForm(forms.Form):
    """Where an employee works from a day on; units and sites of the same company."""

    unit = NamedChoice(label=_("Unit"), queryset=Unit.objects.none())
    site = NamedChoice(label=_("Site"), queryset=Site.objects.none())
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    manager = PersonField(
        label=_("Manager, if not the unit's"), max_length=254, required=False,
        help_text=_("Mailbox or personnel number."),
    )  # fmt: skip
    since = day(_("First day"))

    def __init__(self, *args: Any, place: Assignment, **kwargs: Any) -> None:
        """Offer what belongs to the company of `place`, where the person works now."""
        start = {"unit": place.unit_id, "site": place.site_id, "title": place.title}
        super().__init__(*args, **{"initial": start, **kwargs})
        company = place.tie.organization_id
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(organization=company, closed_on=None).order_by("path")
        sites: Any = self.fields["site"]
        sites.queryset = Site.objects.filter(organization=company).order_by("code")


class DeputiesForm(forms.Form):
    """Who stands in, first to last: two of those nearby, or anybody by mailbox or personnel number."""

    first = forms.ChoiceField(label=_("First"), required=False)
    second = forms.ChoiceField(label=_("Then"), required=False)
    other = PersonField(
        label=_("Or somebody else"), max_length=254, required=False, help_text=_("Mailbox or personnel number.")
    )

    def __init__(self, *args: Any, candidates: Sequence[Person], chosen: Sequence[Person], **kwargs: Any) -> None:
        """Offer the candidates by name; `chosen` stand in now."""
        start = {rank: str(person.public_id) for rank, person in zip(RANKS, chosen, strict=False)}
        super().__init__(*args, **{"initial": start, **kwargs})
        self.candidates = {str(person.public_id): person for person in (*chosen, *candidates)}
        for rank in RANKS:
            field: Any = self.fields[rank]
            field.choices = [("", "—"), *((key, person.name) for key, person in self.candidates.items())]

    @property
    def deputies(self) -> list[Person]:
        """The persons chosen, first to last, nobody twice."""
        picked = [self.candidates.get(self.cleaned_data[rank]) for rank in RANKS] + [self.cleaned_data["other"]]
        return list(dict.fromkeys(person for person in picked if person is not None))
