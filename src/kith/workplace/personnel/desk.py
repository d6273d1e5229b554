"""The desk of HR: absences, deputies, moves, leaving, the end of service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.people.calendars.actions import record_absence
from kith.people.calendars.queries import deputies_of
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.ties.actions import leave, move
from kith.people.ties.models import Assignment
from kith.people.ties.queries import placement
from kith.portal.shell.render import page
from kith.workplace.personnel.actions import choose_deputies
from kith.workplace.personnel.forms import AbsenceForm, DeputiesForm, LeavingForm, MoveForm
from kith.workplace.personnel.queries import absences_of, candidates, found, visible_to

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


def _forms(request: PersonRequest, person: Person, place: Assignment | None, *, at: datetime) -> dict[str, forms.Form]:
    """Return the forms of the page by their part; only the posted one is bound."""
    part = request.POST.get("part", "")

    def given(name: str) -> dict[str, Any]:
        return {"data": request.POST if part == name else None, "auto_id": f"{name}-%s"}

    near, chosen = candidates(person=person, day=at.date()), deputies_of(person_id=person.pk)
    made: dict[str, forms.Form] = {
        "absence": AbsenceForm(**given("absence")),
        "leaving": LeavingForm(**given("leaving")),
        "deputies": DeputiesForm(**given("deputies"), candidates=near, chosen=chosen),
    }
    if place is not None:
        made["move"] = MoveForm(**given("move"), place=place)
    return made


def _record(form: forms.Form, person: Person, place: Assignment | None, *, at: datetime, by_id: int) -> None:
    """Do what a valid form asks for; `Refusal` says what is wrong."""
    data = form.cleaned_data
    if isinstance(form, AbsenceForm):
        record_absence(person=person, since=data["since"], until=data["until"], at=at, by_id=by_id)
    elif isinstance(form, LeavingForm):
        leave(person=person, on=data["on"], at=at, by_id=by_id)
    elif isinstance(form, DeputiesForm):
        choose_deputies(person=person, deputies=form.deputies, at=at)
    elif isinstance(form, MoveForm) and place is not None:
        move(
            tie=place.tie, unit=data["unit"], site=data["site"], since=data["since"], title=data["title"],
            manager=data["manager"], shift=place.shift, at=at, by_id=by_id,
        )  # fmt: skip


@allow(keepers, guards="person")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show an employee's matters; a POST records an absence, deputies, a move or the last day."""
    person, at = _person(request, public_id), clock.now()
    looked(person_ids=[person.pk], by_id=request.person.pk, what=What.PERSONNEL, at=at)
    place = placement(person_id=person.pk, day=at.date())
    shown = _forms(request, person, place, at=at)
    chosen = shown.get(request.POST.get("part", ""))
    if chosen is not None and chosen.is_valid():
        try:
            _record(chosen, person, place, at=at, by_id=request.person.pk)
        except Refusal as refusal:
            chosen.add_error(refusal.field if refusal.field in chosen.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Recorded. What %s owes passes on by rule.") % person.name)
            return HttpResponseRedirect(reverse("personnel"))
    context = {
        "person": person,
        "place": place,
        "absences": absences_of(person_id=person.pk, day=at.date())[:SHOWN],
        "forms": shown,
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "workplace/personnel/one.html", context, status=status)


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
