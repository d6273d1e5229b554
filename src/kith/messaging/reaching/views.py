"""Mine: which messages reach me how and when, what I said about it, and why the last ones came."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.messaging.consents import queries
from kith.messaging.consents.actions import say, set_digests, set_reach
from kith.messaging.deliveries.classes import BASES, CLASSES, DIGESTED, REFUSABLE
from kith.messaging.digests.actions import bring_forward
from kith.messaging.nudges.queries import devices_of, number_of
from kith.messaging.nudges.sms import is_real
from kith.messaging.nudges.vapid import public_key
from kith.messaging.reaching.forms import ReachForm
from kith.messaging.suppressions.queries import suppression_of
from kith.portal.shell.render import page

SHOWN = 20
UNPROCESSABLE = 422


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show and change which messages reach me how and when."""
    person_id = request.person.pk
    wanted = queries.wants(person_id=person_id, employed=request.employed)
    form = ReachForm(request.POST) if request.method == "POST" else ReachForm(initial=_initial(person_id, wanted))
    if form.is_valid():
        _save(request, form)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect("/me/notifications/")
    context = {
        "form": form,
        "mailbox": request.person.mailbox,
        "lost": suppression_of(address=request.person.mailbox, at=clock.now()),
        "zone": request.person.zone,
        "classes": queries.CLASSES,
        "rules": CLASSES,
        "bases": BASES,
        "came": queries.came_to(person_id=person_id, language=get_language() or "en", limit=SHOWN),
        "devices": devices_of(person_id=person_id),
        "number": number_of(person_id=person_id),
        "push_key": public_key(),
        "sms_kept": not is_real(),
        "entries": queries.entries_of(person_id=person_id),
    }
    return page(request, "messaging/reaching/mine.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _save(request: PersonRequest, form: ReachForm) -> None:
    """Keep what was said, each word on what may be refused with its proof."""
    person_id, at, said = request.person.pk, clock.now(), form.cleaned_data
    set_reach(person_id=person_id, wish=form.wish())
    set_digests(person_id=person_id, every=form.digests())
    at_once = [code for code, often in form.digests().items() if not often]
    bring_forward(person_id=person_id, message_classes=at_once, at=at)
    for each in REFUSABLE:
        say(person_id=person_id, message_class=each, given=said[each.value], source="page", at=at, by_id=person_id)


def _initial(person_id: int, wanted: dict[str, bool]) -> dict[str, object]:
    reach, often = queries.reach_of(person_id=person_id), queries.digests_of(person_id=person_id)
    return {
        "day_begins": reach.day_begins,
        "day_ends": reach.day_ends,
        "service": reach.service_by_mail,
        "push_first": reach.push_first,
        "digest_hour": reach.digest_hour,
        "digest_weekday": reach.digest_weekday,
        **wanted,
        **{f"digest_{code.value}": often.get(code, "") for code in DIGESTED},
    }
