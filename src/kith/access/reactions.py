"""What access does when it hears of people: whoever is put out or left is signed out everywhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from kith.access.logins.models import Login
from kith.access.sessions import actions as sessions
from kith.access.throttle import actions as throttle
from kith.access.tokens import actions as tokens
from kith.kernel.clock import local_date
from kith.kernel.facts import Told, listens
from kith.kernel.tasks import tick
from kith.people.persons.facts import PersonDeactivated
from kith.people.ties.facts import EmployeeLeft
from kith.people.ties.models import Tie

KEEP_LINKS = timedelta(days=90)  # so long a used link says when it was used


@listens(PersonDeactivated, name="access.sign-out-deactivated")
def sign_out_deactivated(told: Sequence[Told[PersonDeactivated]]) -> None:
    """End sessions and tokens (the session query refuses them already; the epoch makes it last)."""
    Login.objects.filter(person_id__in={one.fact.person_id for one in told}).update(epoch=F("epoch") + 1)


@listens(EmployeeLeft, name="access.sign-out-left")
def sign_out_left(told: Sequence[Told[EmployeeLeft]]) -> None:
    """End sessions and tokens of those whose last day has come; a later day is watched by the session query."""
    ties = Tie.objects.select_related("person").in_bulk({one.fact.tie_id for one in told})
    gone = {
        tie.person_id
        for one in told
        if (tie := ties.get(one.fact.tie_id)) and tie.until and tie.until <= local_date(one.at, tie.person.zone)
    }
    Login.objects.filter(person_id__in=gone).update(epoch=F("epoch") + 1)


@tick("access.sweep", every=timedelta(hours=1))
def sweep(at: datetime) -> None:
    """Remove what is over by time: sessions, tallies, old links."""
    sessions.forget_ended(at=at)
    throttle.forget_old(at=at)
    tokens.forget_old(before=at - KEEP_LINKS)
