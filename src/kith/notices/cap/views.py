"""A notice as a CAP alert: for those it was delivered to and for its writers."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel.refusals import NotFound
from kith.notices.cap.document import document
from kith.notices.cap.queries import alert_of
from kith.notices.publishing.models import Notice
from kith.notices.publishing.queries import readable_by


def _notice(request: PersonRequest, public_id: str) -> Notice:
    found = readable_by(person_id=request.person.pk, roles=request.roles).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such notice."))
    return found


@allow(signed_in, guards="notice")
@require_safe
def cap(request: PersonRequest, public_id: str) -> HttpResponse:
    """Answer with the alert, `application/cap+xml`."""
    answer = HttpResponse(document(alert_of(_notice(request, public_id))), content_type="application/cap+xml")
    answer["Content-Disposition"] = f'attachment; filename="notice-{public_id}.xml"'
    return answer


@allow(signed_in, guards="notice")
@require_safe
def web(request: PersonRequest, public_id: str) -> HttpResponse:
    """Lead from the address in an alert to where the person reads the notice."""
    notice = _notice(request, public_id)
    if notice.message is None:
        raise NotFound(_("There is no such notice."))
    return HttpResponseRedirect(reverse("message", args=[notice.message.public_id]))
