"""The first pages of the desk and of administration: what is behind each door for this person."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kith.access.policies import Policy, allow, anyone
from kith.access.requests import PersonRequest, Request
from kith.people.privacy.shelf import HOLDINGS
from kith.portal.shell.frame import PlaceOffer, identity, open_places
from kith.portal.shell.render import page


def _offers(request: Request, door: str) -> list[PlaceOffer]:
    return [offer for _name, offer in open_places(request, door)]


def _behind(door: str) -> Policy:
    return Policy(
        f"door:{door}",
        _("People for whom something stands behind this door."),
        lambda request: request.person is not None and bool(_offers(request, door)),
    )


@allow(_behind("desk"))
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """Show the places of the desk."""
    return page(request, "portal/indexes/places.html", {"title": _("Desk"), "places": _offers(request, "desk")})


@allow(_behind("admin"))
@require_safe
def administration(request: PersonRequest) -> HttpResponse:
    """Show the places of administration."""
    context = {"title": _("Administration"), "places": _offers(request, "admin")}
    return page(request, "portal/indexes/places.html", context)


@allow(anyone)
@require_safe
def help_page(request: Request) -> HttpResponse:
    """Explain the three doors, with the places behind each that are open to the reader."""
    doors = {door: _offers(request, door) for door in ("mine", "desk", "admin")}
    return page(request, "portal/indexes/help.html", {"doors_places": doors})


@allow(anyone)
@require_safe
def privacy(request: Request) -> HttpResponse:
    """Say what is kept, why, for how long, and who sees it: in the holdings' own sentences."""
    kept_for = [
        (holding.label, [one.sentence for one in holding.retentions])
        for holding in HOLDINGS
        if holding.covers() or holding.retentions
    ]
    return page(request, "portal/indexes/privacy.html", {"kept_for": kept_for})


@allow(anyone)
@require_safe
def terms(request: Request) -> HttpResponse:
    """Say what holds for whoever uses this address, and for whoever buys here."""
    has_store = not "/store/".startswith(identity().closed_paths or "\0")
    return page(request, "portal/indexes/terms.html", {"has_store": has_store})


@allow(anyone)
@require_safe
def accessibility(request: Request) -> HttpResponse:
    """Say what we promise and how to tell us where we fall short."""
    return page(request, "portal/indexes/accessibility.html", {})
