"""The desk of agents: requests that wait for an answer."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kith.access.policies import allow, any_of, employee, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.portal.shell.render import page
from kith.support.requests import queries

SHOWN = 100


@allow(any_of(employee, has_role("agent", "administrator")))
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List open requests, soonest due first: for agents all, for others those whose answer they owe."""
    rows = queries.waiting(person_id=request.person.pk, roles=request.roles, limit=SHOWN)
    return page(request, "support/requests/desk.html", {"rows": rows, "now": clock.now()})
