"""Mine: when I am away, and who stands in for me."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kith.access.policies import allow, employee
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.people.calendars.queries import deputies_of, local_today
from kith.portal.shell.render import page
from kith.workplace.personnel import queries

SHOWN = 50


@allow(employee)
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Show my recorded absences, and who stands in for me; they are chosen on a page of their own."""
    day = local_today(person=request.person, at=clock.now())
    context = {
        "absences": queries.absences_of(person_id=request.person.pk, day=day)[:SHOWN],
        "deputies": deputies_of(person_id=request.person.pk),
    }
    return page(request, "workplace/personnel/mine.html", context)
