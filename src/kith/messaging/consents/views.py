"""Mine: which messages I want."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.messaging.consents.actions import REFUSABLE, say
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.models import MessageClass
from kith.portal.shell.render import page

LABELS = {MessageClass.SURVEY: _("Surveys"), MessageClass.MARKETING: _("Offers and news of products")}


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show and change which messages I want by mail."""
    if request.method == "POST":
        for each in REFUSABLE:
            given = request.POST.get(each.value) == "on"
            say(person_id=request.person.pk, message_class=each, given=given, source="page", at=clock.now())
        return HttpResponseRedirect("/me/notifications/")
    refused = set(Consent.objects.filter(person=request.person, given=False).values_list("message_class", flat=True))
    rows = [(each.value, str(LABELS[each]), each.value not in refused) for each in REFUSABLE]
    return page(request, "messaging/consents/mine.html", {"rows": rows})
