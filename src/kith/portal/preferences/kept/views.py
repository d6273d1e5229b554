"""Mine: everything kept on me, taking it away, asking to be erased, and who looked."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.facts import publish
from kith.kernel.languages import tag
from kith.kernel.refusals import NotAllowed
from kith.people.privacy.actions import ask
from kith.people.privacy.facts import PersonDataTaken
from kith.people.privacy.models import ErasureRequest
from kith.portal.audit.words import LOOKED
from kith.portal.preferences.kept.archive import pieces
from kith.portal.preferences.kept.queries import kept_on, who_looked
from kith.portal.shell.render import page


@allow(signed_in)
@require_safe
def privacy(request: PersonRequest) -> HttpResponse:
    """Show everything kept on me, holding by holding, and who looked at it."""
    person, language = request.person, tag(get_language() or "en")
    context = {
        "me": person,
        "holdings": kept_on(person_id=person.pk, language=language),
        "looks": who_looked(person_id=person.pk),
        "looked": LOOKED,
        "asked": ErasureRequest.objects.filter(person=person).order_by("-id").first(),
        "at_kiosk": request.kiosk is not None,
    }
    return page(request, "portal/preferences/privacy.html", context)


@allow(signed_in)
@require_POST
def download(request: PersonRequest) -> StreamingHttpResponse:
    """Take everything kept on me away as a ZIP; not at a device that others use too."""
    if request.kiosk is not None:
        raise NotAllowed(_("Not at a shared device: others could read the file. Use a phone or computer of your own."))
    at = clock.now()
    publish(PersonDataTaken(person_id=request.person.pk), at=at, by_id=request.person.pk)
    answer = StreamingHttpResponse(pieces(person_id=request.person.pk, at=at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="kept-on-me-{at.date().isoformat()}.zip"'
    return answer


@allow(signed_in)
@require_POST
def erasure(request: PersonRequest) -> HttpResponse:
    """Ask that everything kept on me be erased; somebody else decides within a month."""
    ask(person=request.person, reason=request.POST.get("reason", "")[:400].replace("\0", ""), at=clock.now(),
        by_id=request.person.pk)  # fmt: skip
    messages.success(request, _("Asked. You get an answer within a month."))
    return HttpResponseRedirect(reverse("my-privacy"))
