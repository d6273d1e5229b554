"""Those who owe the answer speak with somebody whose name they do not know."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.access.policies import allow, employee
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.voice.anonymous import actions
from kith.voice.ideas.queries import visible_to


@allow(employee, guards="idea")
@require_POST
def reply(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Say something to the author of an idea without a name, who reads it with the receipt."""
    at = clock.now()
    readable = visible_to(person_id=request.person.pk, day=at.date(), roles=request.roles)
    idea = readable.filter(public_id=public_id, author=None).first()
    if idea is None:
        raise NotFound(_("There is no such idea."))
    actions.reply(idea=idea, by=request.person, roles=request.roles, text=request.POST.get("text", ""), at=at)
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))
