"""Finding a person or a unit by what people know of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.kernel.folding import fold
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.people.persons.queries import by_mailbox
from kith.people.ties.models import Tie, TieKind


def by_words(words: str) -> Person | None:
    """Return the person with this mailbox or personnel number, None where there is none or more than one."""
    words = words.strip()
    if "@" in words:
        return by_mailbox(address=words)
    ties = Tie.objects.filter(kind=TieKind.EMPLOYEE, number=words).select_related("person")[:2]
    found = [tie.person for tie in ties]
    return found[0] if len(found) == 1 else None


class PersonField(forms.CharField):
    """A person by mailbox or personnel number; cleaned to the person, None where nothing was typed."""

    def clean(self, value: Any) -> Any:
        """Return the person; an unknown one is an error of the form."""
        words = super().clean(value)
        if not words:
            return None
        found = by_words(words)
        if found is None:
            raise forms.ValidationError(_("Nobody has this mailbox or personnel number."), code="unknown")
        return found


def unit_by_words(words: str) -> Unit | None:
    """Return the open unit with this code, or with this name in any language; None where there is none or several."""
    open_units = Unit.objects.filter(closed_on=None)
    if unit := open_units.filter(code__iexact=words.strip()).first():
        return unit
    wanted = fold(words.strip())
    named = [pk for pk, name in open_units.values_list("pk", "name") if wanted in map(fold, name.values())]
    return open_units.get(pk=named[0]) if len(named) == 1 else None


class UnitField(forms.CharField):
    """A unit by code or name; cleaned to the unit, None where nothing was typed."""

    def clean(self, value: Any) -> Any:
        """Return the unit; an unknown one is an error of the form."""
        words = super().clean(value)
        if not words:
            return None
        found = unit_by_words(words)
        if found is None:
            raise forms.ValidationError(_("No unit, or more than one, has this name or code."), code="unknown")
        return found
