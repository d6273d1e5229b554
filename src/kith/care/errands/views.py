"""An errand: what I am asked to do for somebody, and saying that it is done."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.care.errands import actions, queries
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page


@allow(signed_in, guards="errand")
@require_http_methods(["GET", "HEAD", "POST"])
def errand(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show what is asked of me; a POST says that it is done."""
    found = queries.visible_to(person_id=request.person.pk).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such task for you."))
    error = ""
    if request.method == "POST":
        try:
            actions.finish(errand=found, by=request.person, note=request.POST.get("note", ""), at=clock.now())
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("Thank you. It is noted as done."))
            return HttpResponseRedirect(request.path)
    promise = queries.promise_of(found)
    context = {
        "errand": found,
        "promise": promise,
        "mine": promise.owner_id == request.person.pk,
        "open": promise.state in {"open", "paused"},
        "note": request.POST.get("note", "")[:500],
        "error": error,
        "now": clock.now(),
    }
    return page(request, "care/errands/errand.html", context, status=422 if error else 200)
