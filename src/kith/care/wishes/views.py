"""Mine: what I like, in my own words; when care may speak to me, or that it shall not."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.care.preferences.actions import say, still_true
from kith.care.preferences.models import PreferenceKind
from kith.care.preferences.queries import all_of, to_ask_again, wishes_of
from kith.care.wishes import actions
from kith.kernel import clock
from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput, Refusal
from kith.portal.shell.render import page

LABELS = {
    PreferenceKind.LIKE: gettext_lazy("I like (tea, music, plants, reading, sport …)"),
    PreferenceKind.DISLIKE: gettext_lazy("I do not like"),
    PreferenceKind.ALLERGY: gettext_lazy("I must not have (allergies)"),
    PreferenceKind.SIZE: gettext_lazy("My size"),
    PreferenceKind.CHARITY: gettext_lazy("Rather give to"),
}


@allow(signed_in)
@require_safe
def likes(_request: PersonRequest) -> HttpResponse:
    """Lead an address that people remember to the page it became."""
    return HttpResponseRedirect(reverse("my-likes"))


def _hour(given: str) -> int | None:
    """Return the hour that was chosen; "" is the programme's own."""
    if not given:
        return None
    try:
        return int(given)
    except ValueError:
        raise BadInput(_("Choose an hour between 6 and 21."), field="hour") from None


def _save(request: PersonRequest) -> None:
    said = {kind: request.POST.get(kind.value, "").split(",") for kind in PreferenceKind}
    hour = _hour(request.POST.get("hour", ""))
    actions.choose_hour(person=request.person, hour=hour)
    say(person=request.person, said=said, day=local_date(clock.now(), request.person.zone))


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show and change what I say of myself; entries are separated by commas."""
    error = ""
    known, wishes = all_of(person_id=request.person.pk), wishes_of(person_id=request.person.pk)
    values = {kind: ", ".join(each.value for each in known if each.kind == kind) for kind in PreferenceKind}
    hour = "" if wishes is None or wishes.hour is None else str(wishes.hour)
    if request.method == "POST":
        values = {kind: request.POST.get(kind.value, "") for kind in PreferenceKind}
        hour = request.POST.get("hour", "")
        try:
            _save(request)
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("Saved. We ask again in a year."))
            return HttpResponseRedirect(reverse("my-likes"))
    context = {
        "rows": [(kind.value, str(LABELS[kind]), values[kind]) for kind in PreferenceKind],
        "hours": [("", _("when it suits"))] + [(str(each), f"{each}:00") for each in actions.HOURS],
        "hour": hour,
        "refused": wishes is not None and wishes.refused_at is not None,
        "again": to_ask_again(person_id=request.person.pk, day=local_date(clock.now(), request.person.zone)),
        "expires_on": min((each.expires_on for each in known), default=None),
        "error": error,
    }
    return page(request, "care/wishes/mine.html", context, status=422 if error else 200)


@allow(signed_in)
@require_POST
def answer(request: PersonRequest) -> HttpResponse:
    """Say that what I said still holds, that I want no care, or that I want it again."""
    match request.POST.get("answer"):
        case "still":
            still_true(person=request.person, day=local_date(clock.now(), request.person.zone))
            messages.success(request, _("Thank you. We ask again in a year."))
        case "refuse":
            actions.refuse(person=request.person, at=clock.now())
            messages.success(request, _("We leave you alone: no greetings, no gifts, no calls."))
        case "welcome":
            actions.welcome_again(person=request.person)
            messages.success(request, _("Good to have you back."))
        case _other:
            raise BadInput(_("Choose one of the answers."), field="answer")
    return HttpResponseRedirect(reverse("my-likes"))
