"""The desk of HR: absences, leaving, the end of service."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.people.calendars.actions import record_absence
from kith.people.calendars.queries import deputies_of
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.ties.actions import leave
from kith.people.ties.queries import placement
from kith.portal.shell.render import page
from kith.workplace.personnel.forms import AbsenceForm, LeavingForm
from kith.workplace.personnel.queries import found, visible_to

keepers = has_role("hr", "administrator")
SHOWN = 50


@allow(keepers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Find an employee by name."""
    words = request.GET.get("q", "")[:100].replace("\0", "")
    people = found(roles=request.roles, day=clock.now().date(), words=words)[:SHOWN]
    return page(request, "workplace/personnel/listing.html", {"people": people, "words": words})


def _person(request: PersonRequest, public_id: UUID) -> Person:
    person = visible_to(roles=request.roles, day=clock.now().date()).filter(public_id=public_id).first()
    if person is None:
        raise NotFound(_("There is no such employee."))
    return person


@allow(keepers, guards="person")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show an employee's matters; a POST records an absence or the last day."""
    person, at = _person(request, public_id), clock.now()
    part = request.POST.get("part", "")
    absence = AbsenceForm(request.POST if part == "absence" else None)
    leaving = LeavingForm(request.POST if part == "leaving" else None)
    chosen = {"absence": absence, "leaving": leaving}.get(part)
    if chosen is not None and chosen.is_valid():
        data = chosen.cleaned_data
        try:
            if part == "absence":
                record_absence(person=person, since=data["since"], until=data["until"], at=at, by_id=request.person.pk)
            else:
                leave(person=person, on=data["on"], at=at, by_id=request.person.pk)
        except Refusal as refusal:
            chosen.add_error(refusal.field if refusal.field in chosen.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Recorded. What %s owes passes on by rule.") % person.name)
            return HttpResponseRedirect(reverse("personnel"))
    context = {
        "person": person,
        "place": placement(person_id=person.pk, day=at.date()),
        "absences": person.absences.filter(until__gte=at.date()).order_by("since")[:SHOWN],
        "deputies": deputies_of(person_id=person.pk),
        "absence": absence,
        "leaving": leaving,
    }
    return page(request, "workplace/personnel/one.html", context, status=422 if chosen is not None else 200)


@allow(keepers, guards="person")
@require_POST
def end(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """End a person's service at once; nobody ends their own."""
    person = _person(request, public_id)
    if person.pk == request.person.pk:
        raise Refusal(_("Nobody ends their own service; ask a colleague."))
    deactivate(person=person, at=clock.now(), by_id=request.person.pk)
    messages.success(request, _("%s is signed out everywhere.") % person.name)
    return HttpResponseRedirect(reverse("personnel"))
