"""The board at the desk: every site with its numbers, one site with its names, and the links given out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound, Refusal
from kith.notices.board import actions, queries
from kith.notices.board.tokens import address_of
from kith.notices.publishing.models import Notice
from kith.people.organizations.models import Site
from kith.portal.shell.render import fragment, page

counters = has_role("communications", "administrator", "leadership", "hr")


def _notice(public_id: str) -> Notice:
    found = Notice.objects.filter(public_id=public_id, message__isnull=False).select_related("message").first()
    if found is None or not found.options:
        raise NotFound(_("There is no such notice."))
    return found


@allow(counters, guards="notice")
@require_safe
def board(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the head count, live; with `?site=` the names of one site."""
    notice, at = _notice(public_id), clock.now()
    sites = queries.by_site(notice, day=at.date())
    chosen = next((row for row in sites if row.public_id and row.public_id == request.GET.get("site")), None)
    people = queries.of_site(notice, site_id=chosen.site_id, day=at.date()) if chosen and chosen.site_id else []
    context: dict[str, Any] = {
        "notice": notice,
        "at": at,
        "sites": sites,
        "total": queries.summed(sites),
        "chosen": chosen,
        "people": people,
        "language": get_language() or "en",
    }
    if request.headers.get("HX-Request"):
        return fragment(request, "notices/board/board.html", "count", context)
    context |= {"links": queries.links_of(notice), "address": address_of}
    return page(request, "notices/board/board.html", context)


@allow(counters, guards="notice")
@require_POST
def issue(request: PersonRequest, public_id: str) -> HttpResponse:
    """Issue a muster link."""
    notice = _notice(public_id)
    asked = _uuid(request.POST.get("site", ""))
    site = Site.objects.filter(public_id=asked).first() if asked else None
    try:
        if site is None:
            raise NotFound(_("Choose a site."))
        actions.issue(
            notice=notice, site=site, label=request.POST.get("label", "").replace("\0", ""),
            hours=whole(request.POST.get("hours", ""), digits=4) or 0, by=request.person, at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("The link stands below. Whoever has it sees the names of this site."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(reverse("notice-board", args=[notice.public_id]) + "#links")


def _uuid(given: str) -> str | None:
    plain = given.replace("-", "")
    return given if len(plain) == 32 and all(c in "0123456789abcdef" for c in plain) else None  # noqa: PLR2004


@allow(counters, guards="notice")
@require_POST
def revoke(request: PersonRequest, public_id: str, link_id: str) -> HttpResponse:
    """Revoke a muster link."""
    notice = _notice(public_id)
    link = queries.links_of(notice).filter(public_id=link_id).first()
    if link is None:
        raise NotFound(_("There is no such notice."))
    actions.revoke(link=link, by=request.person, at=clock.now())
    return HttpResponseRedirect(reverse("notice-board", args=[notice.public_id]) + "#links")
