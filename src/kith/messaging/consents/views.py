"""Mine: which messages reach me how and when, and why the last ones came."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.messaging.consents import queries
from kith.messaging.consents.actions import REFUSABLE, say, set_reach
from kith.messaging.consents.forms import ReachForm
from kith.portal.shell.render import page

SHOWN = 20
UNPROCESSABLE = 422


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show and change which messages reach me how and when."""
    person_id = request.person.pk
    form = ReachForm(request.POST) if request.method == "POST" else ReachForm(initial=_initial(person_id))
    if form.is_valid():
        said = form.cleaned_data
        set_reach(
            person_id=person_id,
            day_begins=said["day_begins"],
            day_ends=said["day_ends"],
            service_by_mail=said["service"],
        )
        for each in REFUSABLE:
            say(person_id=person_id, message_class=each, given=said[each.value], source="page", at=clock.now())
        messages.success(request, _("Saved."))
        return HttpResponseRedirect("/me/notifications/")
    context = {
        "form": form,
        "mailbox": request.person.mailbox,
        "zone": request.person.zone,
        "classes": queries.CLASSES,
        "came": queries.came_to(person_id=person_id, language=get_language() or "en", limit=SHOWN),
    }
    return page(request, "messaging/consents/mine.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _initial(person_id: int) -> dict[str, object]:
    reach, refused = queries.reach_of(person_id=person_id), queries.refused_by(person_id=person_id)
    return {
        "day_begins": reach.day_begins,
        "day_ends": reach.day_ends,
        "service": reach.service_by_mail,
        **{each.value: each.value not in refused for each in REFUSABLE},
    }
