"""Mine: home, and how I arrange it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, anyone, signed_in
from kith.access.requests import PersonRequest, Request
from kith.kernel import clock
from kith.people.persons.models import Person
from kith.portal.home import actions
from kith.portal.home.cards import Card, Zone
from kith.portal.home.merging import Layer, family, is_fixed, is_hidden, merge
from kith.portal.home.queries import Stamps, cards_of, default_layer, own_layer, stamps_of
from kith.portal.shell.frame import PlaceOffer, identity, open_places
from kith.portal.shell.parts import kept_page
from kith.portal.shell.render import page, text_of
from kith.portal.shell.shared import shared

MORNING, NOON, EVENING = 5, 12, 18
KEPT = 15.0
"""Seconds for which a home that nothing happened to may be shown again: its times (“in two hours”) move on."""


@dataclass(frozen=True)
class Rendered:
    """A card with its inside as safe HTML, and whether it can be hidden."""

    card: Card
    html: str
    fixed: bool


def _greeting(name: str, hour: int) -> str:
    if MORNING <= hour < NOON:
        return _("Good morning, %s") % name
    if NOON <= hour < EVENING:
        return _("Good afternoon, %s") % name
    return _("Good evening, %s") % name


def _rendered(cards: list[Card], request: Request, default: Layer) -> list[Rendered]:
    return [
        Rendered(
            card,
            text_of(card.template, {**card.context, "card": card.context, "request": request}),
            is_fixed(card, default=default),
        )
        for card in cards
    ]


def _doors(request: Request) -> list[PlaceOffer]:
    return [offer for _name, offer in open_places(request, "mine")]


@allow(anyone)
@require_safe
def home(request: Request) -> HttpResponse:
    """Show a person's home; visitors see what is open to everybody."""
    if request.person is None:
        if identity().is_new:
            return HttpResponseRedirect("/welcome/")
        return shared(request, lambda: page(request, "portal/home/welcome.html", {"doors": _doors(request)}))
    at, person = clock.now(), request.person
    stamps = stamps_of(person_id=person.pk, at=at)
    hour, arranging = timezone.localtime(at).hour, "arrange" in request.GET
    key = (person.pk, hour, arranging, tuple(stamps.items()))
    return kept_page(
        request,
        "portal/home/home.html",
        key=key,
        context=lambda: _home(request, person, at=at, stamps=stamps, arranging=arranging),
        seconds=KEPT,
    )


def _home(request: Request, person: Person, *, at: datetime, stamps: Stamps, arranging: bool) -> dict[str, Any]:
    own = own_layer(person_id=person.pk, stamps=stamps)
    default = default_layer(person_id=person.pk, at=at, stamps=stamps)
    closed = identity().closed_cards
    found = cards_of(person=person, roles=request.roles, at=at, stamps=stamps)
    cards = [card for card in found if card.mandatory or family(card.key) not in closed]
    zones = merge(cards, default=default, own=own)
    return {
        "greeting": _greeting(person.name, timezone.localtime(at).hour),
        "todo": _rendered(zones[Zone.TODO], request, default),
        "concerns": _rendered([*zones[Zone.CONCERNS], *zones[Zone.DOORS]], request, default),
        "doors": _doors(request),
        "hidden": _hidden(cards, default=default, own=own),
        "arranging": arranging,
        "now": at,
    }


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
