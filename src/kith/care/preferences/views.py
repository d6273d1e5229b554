"""Mine: what I like, in my own words."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.care.preferences.actions import say
from kith.care.preferences.models import PreferenceKind
from kith.care.preferences.queries import all_of
from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.portal.shell.render import page

LABELS = {
    PreferenceKind.LIKE: gettext_lazy("I like (tea, music, plants, reading, sport …)"),
    PreferenceKind.DISLIKE: gettext_lazy("I do not like"),
    PreferenceKind.ALLERGY: gettext_lazy("I must not have (allergies)"),
    PreferenceKind.SIZE: gettext_lazy("My size"),
    PreferenceKind.CHARITY: gettext_lazy("Rather give to"),
}


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def likes(request: PersonRequest) -> HttpResponse:
    """Show and change what I say of myself; entries are separated by commas."""
    error = ""
    if request.method == "POST":
        said = {kind: request.POST.get(kind.value, "").split(",") for kind in PreferenceKind}
        try:
            say(person=request.person, said=said, day=clock.now().date())
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("Saved. We ask again in a year."))
            return HttpResponseRedirect("/me/likes/")
        values = {kind: request.POST.get(kind.value, "") for kind in PreferenceKind}
    else:
        known = all_of(person_id=request.person.pk)
        values = {kind: ", ".join(each.value for each in known if each.kind == kind) for kind in PreferenceKind}
    rows = [(kind.value, str(LABELS[kind]), values[kind]) for kind in PreferenceKind]
    return page(request, "care/preferences/likes.html", {"rows": rows, "error": error}, status=422 if error else 200)
