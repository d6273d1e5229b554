"""Mine: when I am away, and who stands in for me."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, employee
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.people.calendars.queries import deputies_of, local_today
from kith.portal.shell.render import page
from kith.workplace.personnel import actions, queries
from kith.workplace.personnel.forms import DeputiesForm

SHOWN = 50


@allow(employee)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show my recorded absences; a POST says who stands in for me."""
    at = clock.now()
    day = local_today(person=request.person, at=at)
    form = DeputiesForm(
        request.POST or None,
        candidates=queries.candidates(person=request.person, day=day),
        chosen=deputies_of(person_id=request.person.pk),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_deputies(person=request.person, deputies=form.deputies, at=at)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Recorded."))
            return HttpResponseRedirect(reverse("absences"))
    absences = queries.absences_of(person_id=request.person.pk, day=day)[:SHOWN]
    status = 422 if form.errors else 200
    return page(request, "workplace/personnel/mine.html", {"form": form, "absences": absences}, status=status)
