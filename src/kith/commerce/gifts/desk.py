"""The gift desk: budgets by country and level, caps with their reason, charities, the catalogue, the year."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.commerce.gifts import actions, listing, pots
from kith.commerce.gifts.catalogue import put_gift, retire
from kith.commerce.gifts.forms import CharityForm, FillForm, GiftForm, PolicyForm, PotForm, pot_label
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.portal.shell.render import page

carers = has_role("hr", "shop", "administrator")
SHOWN = 200
Save = Callable[[Mapping[str, Any], PersonRequest], object]


def _fill(data: Mapping[str, Any], request: PersonRequest) -> None:
    pots.fill_pot(**data, at=clock.now(), by_id=request.person.pk)


PARTS: dict[str, tuple[type[forms.Form], Save]] = {
    "pot": (PotForm, lambda data, _request: pots.save_pot(**data)),
    "fill": (FillForm, _fill),
    "policy": (PolicyForm, lambda data, _request: actions.save_policy(**data)),
    "charity": (CharityForm, lambda data, _request: pots.save_charity(**data)),
    "gift": (
        GiftForm,
        lambda data, _request: put_gift(product=data["sku"], **{k: data[k] for k in data if k != "sku"}),
    ),
}


@allow(carers)
@require_http_methods(["GET", "HEAD", "POST"])
def gifts(request: PersonRequest) -> HttpResponse:
    """Show what may be given, from which budgets; a POST saves one `part`."""
    part = request.POST.get("part", "")
    if request.method == "POST" and part not in PARTS:
        raise BadInput(_("Choose one of the answers."), field="part")
    shown = {name: form(request.POST if name == part else None) for name, (form, _save) in PARTS.items()}
    if part and shown[part].is_valid():
        try:
            PARTS[part][1](shown[part].cleaned_data, request)
        except Refusal as refusal:
            shown[part].add_error(refusal.field if refusal.field in shown[part].fields else None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("gift-desk"))
    at = clock.now()
    year = whole(request.GET.get("year", ""), digits=4) or at.year
    context = {
        "forms": shown, "open": part, "year": year, "years": [at.year - back for back in range(3)],
        "pots": [(pot_label(each.pot), each) for each in listing.pots(day=at.date())],
        "policies": list(listing.policies()), "charities": list(listing.charities()[:SHOWN]),
        "gifts": list(listing.gifts()[:SHOWN]), "sums": listing.of_year(year=year),
    }  # fmt: skip
    failed = part and shown[part].errors
    return page(request, "commerce/gifts/desk.html", context, status=422 if failed else 200)


@allow(carers, guards="gift")
@require_POST
def take_off(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take a gift off the catalogue, or put it back."""
    found = listing.gifts().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such gift."))
    retire(gift=found, active=not found.is_active)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("gift-desk"))


@allow(carers, guards="charity")
@require_POST
def end_charity(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take a charity off the list, or put it back."""
    found = listing.charities().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such charity."))
    pots.end_charity(charity=found, active=not found.is_active)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("gift-desk"))
