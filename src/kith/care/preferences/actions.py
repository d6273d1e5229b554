"""Writes of preferences."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.care.preferences.models import Preference, PreferenceKind, Wishes
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person

ASKED_AGAIN = timedelta(days=365)
MOST = 30
LONGEST = 100


def say(*, person: Person, said: dict[PreferenceKind, list[str]], day: date) -> None:
    """Record what a person says of themselves, in place of what was said before; asked again in a year."""
    rows = []
    for kind, values in said.items():
        words = list(dict.fromkeys(value.strip() for value in values if value.strip()))
        if len(words) > MOST or any(len(word) > LONGEST or "\0" in word for word in words):
            raise BadInput(_("At most 30 entries of at most 100 characters each."), field=kind.value)
        rows += [Preference(person=person, kind=kind, value=word, expires_on=day + ASKED_AGAIN) for word in words]
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        Preference.objects.filter(person=person, kind__in=list(said)).delete()
        Preference.objects.bulk_create(rows)
        Wishes.objects.update_or_create(person=person, defaults={"said_on": day})


def still_true(*, person: Person, day: date) -> None:
    """Let everything a person said hold for another year, because they say that it still does."""
    with transaction.atomic():
        Preference.objects.filter(person=person).update(expires_on=day + ASKED_AGAIN)
        Wishes.objects.update_or_create(person=person, defaults={"said_on": day})
