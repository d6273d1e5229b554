"""Writes of children born: told by a parent, with consent, and forgotten when they want it."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from kith.care.kin.models import Child
from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person

YOUNG = timedelta(days=366)
MOST = 12


def tell_of(*, person: Person, name: str, born_on: date, consents: bool, at: datetime) -> Child:
    """Record a child born to a person within the last year, because they want care to know; once a child."""
    if not consents:
        raise BadInput(_("Without your consent nothing is recorded."), field="consents")
    today = local_date(at, person.zone)
    if not today - YOUNG <= born_on <= today:
        raise BadInput(_("The day of birth lies within the last year."), field="born_on")
    if Child.objects.filter(person=person).count() >= MOST:
        raise BadInput(_("At most %d children are recorded here.") % MOST, field="born_on")
    called = " ".join(name.replace("\0", "").split())[:100]
    return Child.objects.get_or_create(
        person=person, born_on=born_on, name=called, defaults={"consented_at": at}
    )[0]  # fmt: skip


def forget(*, child: Child) -> None:
    """Forget a child: nothing that was planned for it happens."""
    child.delete()
