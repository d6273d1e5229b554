"""The one search."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.portal.search.queries import search
from kith.portal.shell.render import fragment, page

LONGEST = 200


@allow(anyone)
@require_safe
def results(request: Request) -> HttpResponse:
    """Show what was found, by kind."""
    words = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    person_id = request.person.pk if request.person else None
    context = {"words": words, "groups": search(words=words, person_id=person_id)}
    if request.headers.get("HX-Request"):
        return fragment(request, "portal/search/results.html", "found", context)
    return page(request, "portal/search/results.html", context)


@allow(anyone)
@require_safe
def suggest(request: Request) -> HttpResponse:
    """Show the first few hits while one types."""
    words = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    person_id = request.person.pk if request.person else None
    context = {"words": words, "groups": search(words=words, person_id=person_id, limit=8)}
    return fragment(request, "portal/search/results.html", "found", context)
