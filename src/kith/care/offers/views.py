"""Mine: the gift I may choose."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.care.offers import actions, queries
from kith.care.offers.showing import offer_context
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page


@allow(signed_in)
@require_safe
def gifts(request: PersonRequest) -> HttpResponse:
    """List the gifts offered to me; a single open one opens by itself."""
    offers = list(queries.visible_to(person_id=request.person.pk)[:50])
    waiting = [offer for offer in offers if offer.chosen_at is None and offer.until > clock.now()]
    if len(waiting) == 1:
        return HttpResponseRedirect(reverse("gift-offer", args=[waiting[0].public_id]))
    return page(request, "care/offers/gifts.html", {"offers": offers, "now": clock.now()})


@allow(signed_in, guards="gift-offer")
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show what I may choose, and take the choice."""
    found = queries.visible_to(person_id=request.person.pk).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such offer for you."))
    at, error = clock.now(), ""
    if request.method == "POST":
        giver, _colon, key = request.POST.get("gift", "").partition("|")
        try:
            actions.choose(offer=found, giver=giver, key=key, ship_to=request.POST.get("ship_to", ""), at=at)
        except Refusal as refusal:
            error = refusal.sentence
        else:
            return HttpResponseRedirect(reverse("gift-offer", args=[found.public_id]))
    context = offer_context(found, at=at, ship_to=request.POST.get("ship_to", ""), error=error)
    return page(request, "care/offers/offer.html", context, status=422 if error else 200)
