"""The desk of those who owe answers to ideas."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kith.access.policies import allow, employee
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.portal.shell.render import page
from kith.voice.ideas import queries

SHOWN = 100


@allow(employee)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List the ideas that wait for an answer somebody may give, soonest due first."""
    rows = queries.to_answer(person_id=request.person.pk, roles=request.roles)
    context = {"rows": rows[:SHOWN], "number": len(rows), "now": clock.now()}
    return page(request, "voice/ideas/desk.html", context)
