"""The board of one site for whoever holds its link: no account, names of that site only, three taps to count."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput
from kith.notices.board import actions, queries, tokens
from kith.portal.shell.render import fragment, page
from kith.portal.shell.sealed import sealed


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def muster(request: Request, token: str) -> HttpResponse:
    """Show who of a site is safe, needs help or has not been heard of; a POST counts one person in."""
    at = clock.now()
    link = actions.find(key=tokens.key_of(token), at=at)
    if request.method == "POST":
        answer = whole(request.POST.get("answer", ""), digits=2)
        if answer is None:
            raise BadInput(_("Choose one of the answers."), field="answer")
        actions.saw(link=link, public_id=request.POST.get("person", ""), answer=answer, at=at)
        if not request.headers.get("HX-Request"):
            return HttpResponseRedirect(reverse("muster", args=[token]))
    people = queries.of_site(link.notice, site_id=link.site_id, day=at.date())
    context = {
        "link": link,
        "notice": link.notice,
        "token": token,
        "people": people,
        "counts": {
            kind: sum(1 for one in people if one.kind == kind) for kind in ("help", "open", "safe", "other", "away")
        },
        "at": at,
        "language": get_language() or "en",
    }
    template = "notices/board/muster.html"
    if request.headers.get("HX-Request"):
        return sealed(fragment(request, template, "count", context))
    return sealed(page(request, template, context))
