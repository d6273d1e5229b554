"""Mine: home, and how I arrange it."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, anyone, signed_in
from kith.access.requests import PersonRequest, Request
from kith.kernel import clock
from kith.portal.home import actions
from kith.portal.home.cards import Card, Zone
from kith.portal.home.merging import Layer, is_hidden, merge
from kith.portal.home.queries import cards_of, default_layer, own_layer
from kith.portal.shell.frame import PLACES, PlaceOffer
from kith.portal.shell.render import page, text_of

MORNING, NOON, EVENING = 5, 12, 18


@dataclass(frozen=True)
class Rendered:
    """A card with its inside as safe HTML."""

    card: Card
    html: str


def _greeting(name: str, hour: int) -> str:
    if MORNING <= hour < NOON:
        return _("Good morning, %s") % name
    if NOON <= hour < EVENING:
        return _("Good afternoon, %s") % name
    return _("Good evening, %s") % name


def _rendered(cards: list[Card], request: Request) -> list[Rendered]:
    return [
        Rendered(card, text_of(card.template, {**card.context, "card": card.context, "request": request}))
        for card in cards
    ]


def _doors(request: Request) -> list[PlaceOffer]:
    offers = [offer for offer in PLACES if offer.door == "mine" and offer.may_enter(request)]
    return sorted(offers, key=lambda offer: (offer.order, offer.prefix))


@allow(anyone)
@require_safe
def home(request: Request) -> HttpResponse:
    """Show a person's home; visitors see what is open to everybody."""
    if request.person is None:
        return page(request, "portal/home/welcome.html", {"doors": _doors(request)})
    at = clock.now()
    own = own_layer(person_id=request.person.pk)
    default = default_layer(person_id=request.person.pk, at=at)
    cards = cards_of(person=request.person, roles=request.roles, at=at)
    zones = merge(cards, default=default, own=own)
    context = {
        "greeting": _greeting(request.person.name, timezone.localtime(at).hour),
        "todo": _rendered(zones[Zone.TODO], request),
        "concerns": _rendered([*zones[Zone.CONCERNS], *zones[Zone.DOORS]], request),
        "doors": _doors(request),
        "hidden": _hidden(cards, default=default, own=own),
        "arranging": "arrange" in request.GET,
        "now": at,
    }
    return page(request, "portal/home/home.html", context)


def _hidden(cards: list[Card], *, default: Layer, own: Layer) -> list[Card]:
    return [card for card in cards if is_hidden(card, default=default, own=own)]


@allow(signed_in)
@require_POST
def arrange(request: PersonRequest) -> HttpResponse:
    """Move, hide or bring back a card."""
    key, wish = request.POST.get("key", "")[:100], request.POST.get("wish", "")
    if wish in {"up", "down"}:
        present = [each[:100] for each in request.POST.getlist("present")]
        actions.move(person=request.person, key=key, present=present, up=wish == "up")
    elif wish == "hide":
        actions.hide(person=request.person, key=key)
    elif wish == "show":
        actions.show(person=request.person, key=key)
    return HttpResponseRedirect("/?arrange")
