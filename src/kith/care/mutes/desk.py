"""The desk of sensitive times, for HR only."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.care.mutes import actions, queries
from kith.care.mutes.forms import MuteForm
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page

SHOWN = 200


@allow(has_role("hr"))
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: PersonRequest) -> HttpResponse:
    """List the sensitive times that are not over; a POST records one."""
    at = clock.now()
    form = MuteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.mute(**form.cleaned_data, at=at, by_id=request.person.pk)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Care is silent for these days."))
            return HttpResponseRedirect(reverse("care-quiet"))
    context = {"form": form, "mutes": list(queries.current(day=at.date())[:SHOWN])}
    return page(request, "care/mutes/quiet.html", context, status=422 if form.errors else 200)


@allow(has_role("hr"), guards="mute")
@require_POST
def end(request: PersonRequest, public_id: str) -> HttpResponse:
    """End a sensitive time."""
    found = queries.current(day=clock.now().date()).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such entry."))
    actions.unmute(recorded=found)
    messages.success(request, _("Removed: care speaks again."))
    return HttpResponseRedirect(reverse("care-quiet"))
