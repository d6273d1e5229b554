"""Mine: what I owe, and what is owed to me."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.portal.shell.render import page
from kith.promises.commitments.queries import escalated_to, owed_by, owed_to
from kith.promises.commitments.showing import awaited, owed_lines, shown
from kith.promises.debts import debts_of

SHOWN = 200


@allow(signed_in)
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Show what I owe, soonest due first, what was escalated to me, and what I wait for."""
    at, person_id = clock.now(), request.person.pk
    owed = shown(owed_by(person_id=person_id)[:SHOWN], person_id=person_id, at=at)
    context = {
        "now": at,
        "owed": owed_lines(owed, debts_of(person_id=person_id, at=at)),
        "helping": shown(escalated_to(person_id=person_id)[:SHOWN], person_id=person_id, at=at),
        "awaited": awaited(owed_to(person_id=person_id)[:SHOWN], person_id=person_id, at=at),
    }
    return page(request, "promises/commitments/mine.html", context)
