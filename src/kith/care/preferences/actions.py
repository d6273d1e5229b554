"""Writes of preferences."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.care.preferences.models import Preference, PreferenceKind
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person

ASKED_AGAIN = timedelta(days=365)
MOST = 30


def say(*, person: Person, said: dict[PreferenceKind, list[str]], day: date) -> None:
    """Record what a person says of themselves, in place of what was said before; asked again in a year."""
    rows = []
    for kind, values in said.items():
        words = list(dict.fromkeys(value.strip() for value in values if value.strip()))
        if len(words) > MOST or any(len(word) > 100 or "\0" in word for word in words):  # noqa: PLR2004
            raise BadInput(_("At most 30 entries of at most 100 characters each."), field=kind.value)
        rows += [Preference(person=person, kind=kind, value=word, expires_on=day + ASKED_AGAIN) for word in words]
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        Preference.objects.filter(person=person, kind__in=list(said)).delete()
        Preference.objects.bulk_create(rows)
