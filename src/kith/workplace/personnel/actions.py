"""Writes of personnel matters: who may stand in; all rows belong to people."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput
from kith.people.calendars.actions import set_deputies
from kith.people.persons.models import Person
from kith.people.ties.queries import is_employee


def choose_deputies(*, person: Person, deputies: Sequence[Person], at: datetime) -> None:
    """Let `deputies`, first to last, stand in for an employee; only colleagues in service, never oneself."""
    for deputy in deputies:
        if deputy.deactivated_at or not is_employee(person_id=deputy.pk, day=local_date(at, deputy.zone)):
            raise BadInput(_("%s is no longer in service.") % deputy.name, field="other")
    if person in deputies:
        raise BadInput(_("Nobody can be their own deputy."), field="other")
    set_deputies(person=person, deputies=list(deputies))
