"""Mine: the notices that were sent to me."""

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.notices.publishing.queries import delivered_to
from kith.portal.shell.render import page

PAGE = 50


@allow(signed_in)
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """List the notices that were delivered to me, newest first."""
    notices = delivered_to(person_id=request.person.pk).select_related("message")[:PAGE]
    context = {"notices": notices, "language": get_language() or "en", "now": clock.now()}
    return page(request, "notices/publishing/mine.html", context)
