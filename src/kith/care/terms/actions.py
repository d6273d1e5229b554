"""Writes of dates that end something."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from kith.care.terms.models import Term, TermKind
from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person

FURTHEST = timedelta(days=60 * 366)


def record(*, person: Person, kind: str, ends_on: date, at: datetime, by_id: int | None) -> Term:
    """Record on which day something of a person ends; once a day and kind."""
    if kind not in TermKind.values:
        raise BadInput(_("Choose what ends."), field="kind")
    today = local_date(at, person.zone)
    if not today <= ends_on <= today + FURTHEST:
        raise BadInput(_("The day lies in the future, within sixty years."), field="ends_on")
    given = {"recorded_by_id": by_id, "recorded_at": at}
    return Term.objects.get_or_create(person=person, kind=kind, ends_on=ends_on, defaults=given)[0]


def strike(*, term: Term) -> None:
    """Take a date away: nothing that was planned for it begins any more."""
    term.delete()
