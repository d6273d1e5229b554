"""Finding an employee by what people know of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
