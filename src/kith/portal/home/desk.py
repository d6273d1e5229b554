"""Administration of home: what each audience sees first, and how that looks for a person."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.folding import fold
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.portal.home import default_actions as actions
from kith.portal.home.cards import FAMILIES
from kith.portal.home.merging import moved
from kith.portal.home.models import HomeDefault
from kith.portal.home.queries import default_among
from kith.portal.shell.frame import identity
from kith.portal.shell.render import page
from kith.portal.signin.answers import go

administrators = has_role("administrator", "communications")
SEGMENTS = 200
"""Digits of a key that surely fits its column."""


@dataclass(frozen=True)
class Line:
    """A family of cards in an audience's home."""

    key: str
    label: str
    wish: str


def lines_of(default: HomeDefault | None) -> list[Line]:
    """Return every family in an audience's order, those it does not name behind, with what was wished for each."""
    order = list(default.order) if default else []
    names = [name for name in order if name in FAMILIES] + [name for name in FAMILIES.names() if name not in order]
    hidden, pinned = (set(default.hidden), set(default.pinned)) if default else (set(), set())
    return [
        Line(
            name,
            str(FAMILIES.get(name)),
            actions.HIDDEN if name in hidden else actions.PINNED if name in pinned else actions.SHOWN,
        )
        for name in names
    ]


@allow(administrators)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: PersonRequest) -> HttpResponse:
    """Show the audiences that have a home of their own, open another, and look at a person's."""
    at = clock.now()
    if request.method == "POST":
        asked = request.POST.get("segment", "")
        segment = _segment(asked) if asked else None
        made = actions.open_default(segment=segment, at=at, by_id=request.person.pk)
        return go(reverse("home-default", args=[made.pk]))
    defaults = list(HomeDefault.objects.select_related("segment").order_by("id"))
    taken = {default.segment_id for default in defaults}
    free = [
        (segment.pk, segment.name) for segment in Segment.objects.order_by("id")[:SEGMENTS] if segment.pk not in taken
    ]
    context: dict[str, Any] = {
        "defaults": defaults,
        "free": free,
        "for_all": None not in taken,
        **_preview(request.GET.get("q", ""), defaults),
    }
    return page(request, "portal/home/defaults.html", context)


def _segment(asked: str) -> Segment:
    found = Segment.objects.filter(pk=whole(asked) or 0).first()
    if found is None:
        raise NotFound(_("There is no such segment."))
    return found


def _preview(words: str, defaults: list[HomeDefault]) -> dict[str, Any]:
    """Return what a person sees first before they arrange anything: never what their cards say."""
    asked = " ".join(words.replace("\0", "").split())[:100]
    person = None
    if asked:
        found = Person.objects.filter(sort_key__contains=fold(asked), deactivated_at=None, merged_into=None)
        person = found.order_by("sort_key", "id").first()
    if person is None:
        return {"asked": asked, "person": None, "default": None, "lines": []}
    default = default_among(defaults, person_id=person.pk, at=clock.now())
    closed = identity().closed_cards
    lines = [line for line in lines_of(default) if line.key not in closed and line.wish != actions.HIDDEN]
    pinned_first = sorted(lines, key=lambda line: line.wish != actions.PINNED)
    return {"asked": asked, "person": person, "default": default, "lines": pinned_first}


@allow(administrators)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, key: int) -> HttpResponse:
    """Show and arrange an audience's home; each press is saved at once."""
    default = HomeDefault.objects.select_related("segment").filter(pk=key).first()
    if default is None:
        raise NotFound(_("There is no such home."))
    if request.method == "POST":
        lines = lines_of(default)
        order = [line.key for line in lines]
        wishes = {line.key: request.POST.get(f"wish-{line.key}", line.wish) for line in lines}
        way, _sign, moving = request.POST.get("move", "").partition(":")
        if moving:
            order = moved(order, key=moving, up=way == "up")
        actions.arrange_default(key=key, order=order, wishes=wishes, at=clock.now(), by_id=request.person.pk)
        if not moving:
            messages.success(request, _("Saved."))
        return go(reverse("home-default", args=[key]) + (f"#{moving}" if moving in order else ""))
    changed_by = Person.objects.filter(pk=default.changed_by_id).first() if default.changed_by_id else None
    context = {"default": default, "lines": lines_of(default), "changed_by": changed_by}
    return page(request, "portal/home/default.html", context)


@allow(administrators)
@require_POST
def close(request: PersonRequest, key: int) -> HttpResponse:
    """Take an audience's own home away."""
    actions.close_default(key=key, at=clock.now(), by_id=request.person.pk)
    messages.success(request, _("Saved."))
    return go(reverse("home-defaults"))
