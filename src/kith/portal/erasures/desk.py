"""The desk of erasures: requests, what would go, and the decision of a second person."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.people.persons.queries import names
from kith.people.privacy.actions import approve, ask, decline, erase
from kith.people.privacy.models import ErasureRequest, RequestState
from kith.people.privacy.queries import meant, visible_to
from kith.portal.erasures.forms import AskForm, DeclineForm
from kith.portal.shell.render import page

SHOWN = 100
keepers = has_role("hr", "administrator")


@allow(keepers)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: PersonRequest) -> HttpResponse:
    """List the requests, those that wait first; a POST asks for one."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _ask(request, form)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Asked. A second person decides."))
            return HttpResponseRedirect(reverse("erasure", args=[made.public_id]))
    rows = list(visible_to(roles=request.roles)[:SHOWN])
    context = {
        "form": form,
        "waiting": [row for row in rows if row.state == RequestState.WAITING],
        "decided": [row for row in rows if row.state != RequestState.WAITING],
        "now": clock.now(),
    }
    return page(request, "portal/erasures/listing.html", context, status=422 if request.method == "POST" else 200)


def _ask(request: PersonRequest, form: forms.Form) -> ErasureRequest:
    found = meant(key=form.cleaned_data["key"])
    if len(found) != 1:
        wrong = _("Nobody has this number or key.") if not found else _("Several people have this number; use the key.")
        raise BadInput(wrong, field="key")
    return ask(person=found[0], reason=form.cleaned_data["reason"], at=clock.now(), by_id=request.person.pk)


def _request(request: PersonRequest, public_id: UUID) -> ErasureRequest:
    found = visible_to(roles=request.roles).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such request."))
    return found


@allow(keepers, guards="erasure")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a request with what would go and what would stay; a POST declines it."""
    found, at = _request(request, public_id), clock.now()
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decline(request=found, answer=form.cleaned_data["answer"], at=at, by_id=request.person.pk)
        messages.success(request, _("Declined; the person can read why."))
        return HttpResponseRedirect(reverse("erasures"))
    waits, hindrance, trial = found.state == RequestState.WAITING, "", None
    if waits:
        looked(person_ids=[found.person_id], by_id=request.person.pk, what=What.ERASURE, at=at)
        try:
            trial = erase(person=found.person, at=at, by_id=request.person.pk, dry_run=True)
        except Refusal as refusal:
            hindrance = refusal.sentence
    context = {
        "erasure": found,
        "waits": waits,
        "trial": trial,
        "hindrance": hindrance,
        "form": form,
        "may_decide": waits and request.person.pk not in {found.asked_by_id, found.person_id},
        "names": names(ids=[key for key in (found.asked_by_id, found.decided_by_id) if key]),
    }
    return page(request, "portal/erasures/one.html", context, status=422 if request.method == "POST" else 200)


@allow(keepers, guards="erasure")
@require_POST
def confirm(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Erase as asked; whoever asked may not."""
    found = _request(request, public_id)
    done = approve(request=found, at=clock.now(), by_id=request.person.pk)
    messages.success(request, _("Erased. %d rows were deleted or emptied.") % done.count)
    return HttpResponseRedirect(reverse("erasure", args=[found.public_id]))
