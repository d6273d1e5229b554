"""Mine: the devices and the number on which I am told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.messaging.nudges import actions

PAGE = "/me/notifications/"


def _back(request: PersonRequest, sentence: str, *, wrong: str = "") -> HttpResponse:
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, sentence)
    return HttpResponseRedirect(PAGE)


@allow(signed_in)
@require_POST
def add_device(request: PersonRequest) -> HttpResponse:
    """Tell this browser from now on; a script brings its address and keys."""
    given = request.POST
    device = actions.add_device(
        person=request.person,
        endpoint=given.get("endpoint", ""),
        p256dh=given.get("p256dh", ""),
        auth=given.get("auth", ""),
        label=given.get("label", ""),
        at=clock.now(),
    )
    return JsonResponse({"device": str(device.public_id)}, status=201)


@allow(signed_in, guards="device")
@require_POST
def remove_device(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Tell a device of mine no more; somebody else's is not there for me."""
    actions.remove_device(person_id=request.person.pk, public_id=str(public_id))
    return _back(request, _("This device is told no more."))


@allow(signed_in)
@require_POST
def set_number(request: PersonRequest) -> HttpResponse:
    """Keep my number and send a code to it; an empty one forgets it."""
    typed = request.POST.get("number", "").strip()
    if not typed:
        actions.forget_number(person_id=request.person.pk)
        return _back(request, _("Your number is forgotten."))
    try:
        actions.set_number(person=request.person, typed=typed, at=clock.now())
    except Refusal as refusal:
        return _back(request, "", wrong=refusal.sentence)
    return _back(request, _("A code is on its way to you. Type it here."))


@allow(signed_in)
@require_POST
def confirm_number(request: PersonRequest) -> HttpResponse:
    """Confirm my number by the code."""
    try:
        actions.confirm_number(person_id=request.person.pk, code=request.POST.get("code", ""), at=clock.now())
    except Refusal as refusal:
        return _back(request, "", wrong=refusal.sentence)
    return _back(request, _("Your number is confirmed."))
