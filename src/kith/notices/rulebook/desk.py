"""Administration: the rule book of notices."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.notices.rulebook import actions, queries
from kith.notices.rulebook.forms import ROWS, RulebookForm, initial
from kith.portal.shell.render import page

SHOWN = 20


@allow(has_role("administrator"))
@require_http_methods(["GET", "HEAD", "POST"])
def rulebook(request: PersonRequest) -> HttpResponse:
    """Show and change what holds for notices; every change is another version."""
    book = queries.current()
    form = RulebookForm(request.POST or None, initial=initial(book))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.lay_down(
                urgent_quota=said["urgent_quota"],
                urgent_days=said["urgent_days"],
                translated_from=said["translated_from"],
                enough_percent=said["enough_percent"],
                steps=form.steps(),
                by=request.person,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Saved. It holds for the notices published from now on."))
            return HttpResponseRedirect(reverse("notice-rulebook"))
    context = {
        "form": form,
        "book": book,
        "rows": range(ROWS),
        "versions": queries.history()[:SHOWN],
    }
    return page(request, "notices/rulebook/rulebook.html", context, status=422 if request.method == "POST" else 200)
