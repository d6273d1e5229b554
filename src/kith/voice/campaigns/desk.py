"""Opening campaigns, and the terms under which ideas are answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page
from kith.voice.campaigns import actions, queries
from kith.voice.campaigns.forms import CampaignForm, LimitForm, TermsForm, filled
from kith.voice.campaigns.models import Campaign, Terms

askers = has_role(*queries.ASKERS)
setters = has_role("administrator", "hr")
SHOWN = 100
MOST_VERSIONS = 20


@allow(askers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List campaigns, the newest first."""
    at = clock.now()
    found = queries.visible_to(person_id=request.person.pk, roles=request.roles, day=at.date()).order_by("-id")
    return page(request, "voice/campaigns/desk.html", {"campaigns": found[:SHOWN], "now": at})


def _one(request: PersonRequest, public_id: UUID) -> Campaign:
    day = clock.now().date()
    seen = queries.visible_to(person_id=request.person.pk, roles=request.roles, day=day)
    found = seen.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such campaign."))
    return found


def _refused(form: forms.Form, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


@allow(askers)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Ask something."""
    return _write(request, None)


@allow(askers, guards="campaign")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Change what is asked; what was handed in keeps its terms and its owner."""
    return _write(request, _one(request, public_id))


def _write(request: PersonRequest, campaign: Campaign | None) -> HttpResponse:
    at, house = clock.now(), queries.in_force(None)
    terms = queries.in_force(campaign)
    initial: dict[str, Any] = filled(campaign, terms) if campaign else {
        "opens_at": at, "receipt_days": house.receipt_days, "answer_days": house.answer_days,
    }  # fmt: skip
    form = CampaignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.ask(
                asked=form.asked(), wanted=form.wanted(house=house), at=at, by_id=request.person.pk, campaign=campaign
            )
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            return HttpResponseRedirect(reverse("idea-campaign", args=[kept.public_id]))
    status = 422 if request.method == "POST" else 200
    return page(request, "voice/campaigns/write.html", {"form": form, "campaign": campaign}, status=status)


@allow(askers, guards="campaign")
@require_POST
def close(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take no more ideas from now on."""
    campaign = actions.close_campaign(_one(request, public_id), at=clock.now())
    messages.success(request, _("It takes no more ideas. What came in is answered."))
    return HttpResponseRedirect(reverse("idea-campaign", args=[campaign.public_id]))


def _terms_page(request: PersonRequest, terms: TermsForm, limit: LimitForm, *, status: int = 200) -> HttpResponse:
    at = clock.now()
    context = {
        "terms": terms, "limit": limit, "limits": queries.limits(day=at.date()), "currency": queries.currency(),
        "versions": Terms.objects.filter(campaign=None).order_by("-version")[:MOST_VERSIONS],
    }  # fmt: skip
    return page(request, "voice/campaigns/terms.html", context, status=status)


def _as_they_are() -> TermsForm:
    return TermsForm(initial=vars(queries.in_force(None)))


@allow(setters)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: PersonRequest) -> HttpResponse:
    """Show and change the terms of the house; a change is a new version for what is handed in from now on."""
    at = clock.now()
    limit = LimitForm(initial={"valid_from": at.date()})
    if request.method != "POST":
        return _terms_page(request, _as_they_are(), limit)
    form = TermsForm(request.POST)
    if form.is_valid():
        try:
            made = actions.set_terms(wanted=form.wanted(), at=at, by_id=request.person.pk)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("Version %d holds for every idea from now on.") % made.version)
            return HttpResponseRedirect(reverse("idea-terms"))
    return _terms_page(request, form, limit, status=422)


@allow(setters)
@require_POST
def limit(request: PersonRequest) -> HttpResponse:
    """Let a person decide up to an amount."""
    form = LimitForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.set_limit(
                person=data["person"], amount=data["amount"], valid_from=data["valid_from"], by_id=request.person.pk
            )
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("It is written down."))
            return HttpResponseRedirect(reverse("idea-terms"))
    return _terms_page(request, _as_they_are(), form, status=422)
