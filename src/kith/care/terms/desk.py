"""The desk of dates that end something; for HR."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.care.terms import actions, queries
from kith.care.terms.forms import TermForm
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page

SHOWN = 200


@allow(has_role("hr"))
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: PersonRequest) -> HttpResponse:
    """List the dates to come; a POST records one."""
    at = clock.now()
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(**form.cleaned_data, at=at, by_id=request.person.pk)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Recorded. Programmes can answer it now."))
            return HttpResponseRedirect(reverse("care-terms"))
    context = {"form": form, "terms": list(queries.current(day=at.date())[:SHOWN])}
    return page(request, "care/terms/terms.html", context, status=422 if form.errors else 200)


@allow(has_role("hr"), guards="term")
@require_POST
def strike(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take a date away."""
    found = queries.current(day=clock.now().date()).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such entry."))
    actions.strike(term=found)
    messages.success(request, _("Taken away."))
    return HttpResponseRedirect(reverse("care-terms"))
