"""Writes of wishes: the hour one chose, refusing care altogether, and welcoming it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.care.offers.actions import close_open
from kith.care.preferences.models import Preference, Wishes
from kith.care.programmes.exits import leave_now
from kith.care.programmes.models import Outcome
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person

HOURS = range(6, 22)


def choose_hour(*, person: Person, hour: int | None) -> None:
    """Choose the local hour at which care speaks; None leaves it to the programmes."""
    if hour is not None and hour not in HOURS:
        raise BadInput(_("Choose an hour between 6 and 21."), field="hour")
    Wishes.objects.update_or_create(person=person, defaults={"hour": hour})


def refuse(*, person: Person, at: datetime) -> None:
    """Want no care: what is under way ends at once, open gifts are closed, and what one said one likes is deleted."""
    with transaction.atomic():
        Wishes.objects.update_or_create(person=person, defaults={"refused_at": at, "said_on": None})
        Preference.objects.filter(person=person).delete()
        leave_now(person_ids=[person.pk], because=Outcome.QUIET, at=at)
        close_open(person_id=person.pk, at=at)


def welcome_again(*, person: Person) -> None:
    """Want care again, from the next moment on."""
    Wishes.objects.update_or_create(person=person, defaults={"refused_at": None})
