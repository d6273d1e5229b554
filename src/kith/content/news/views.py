"""Mine: the news I am in the audience of."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.content.news import queries
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.people.calendars.queries import local_today
from kith.people.segments.queries import describe
from kith.portal.shell.render import page

SHOWN = 30


@allow(signed_in)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List the news I may read, newest first."""
    day = local_today(person=request.person, at=clock.now())
    news = queries.visible_to(person_id=request.person.pk, day=day)[:SHOWN]
    rows = queries.shown(news, language=get_language() or "en")
    return page(request, "content/news/listing.html", {"rows": rows})


@allow(signed_in, guards="news")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show one piece of news in my language."""
    day = local_today(person=request.person, at=clock.now())
    found = queries.one_for(public_id=public_id, person_id=request.person.pk, day=day)
    if found is None:
        raise NotFound(_("There is no such news."))
    shown = queries.shown([found], language=get_language() or "en")[0]
    why = describe(rule=found.rule)
    return page(request, "content/news/one.html", {"shown": shown, "why": why})
