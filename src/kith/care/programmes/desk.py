"""The desk of care: programmes, what they would do, and what they did."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.care.kindnesses import KINDNESSES
from kith.care.moments import MOMENTS
from kith.care.programmes import actions, queries
from kith.care.programmes.forms import ProgrammeForm, changed_steps, initial
from kith.care.programmes.models import Programme
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.people.segments.queries import describe
from kith.portal.shell.render import page

carers = has_role("hr", "administrator")
RUNS = 30


@dataclass(frozen=True)
class Shown:
    """A programme in words."""

    programme: Programme
    moment: str
    audience: str
    steps: list[str]


def _shown(programme: Programme) -> Shown:
    version = programme.current
    steps: list[dict[str, Any]] = list(version.steps) if version else []
    return Shown(
        programme=programme,
        moment=str(MOMENTS.get(programme.moment).label),
        audience=describe(rule=version.rule) if version else "",
        steps=[KINDNESSES.get(step["kindness"]).explain(step=step) for step in steps],
    )


def _programme(code: str) -> Programme:
    found = queries.programmes().filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such programme."))
    return found


@allow(carers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List the programmes."""
    shown = [_shown(programme) for programme in queries.programmes()]
    return page(request, "care/programmes/listing.html", {"shown": shown})


@allow(carers, guards="programme")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, code: str) -> HttpResponse:
    """Show a programme with a dry run; a POST releases its next version."""
    programme, at = _programme(code), clock.now()
    version = programme.current
    form = ProgrammeForm(request.POST or None, initial=initial(version) if version else {})
    if request.method == "POST" and version is not None and form.is_valid():
        segment = form.cleaned_data["segment"]
        try:
            actions.release(
                code=programme.code,
                name=programme.name,
                moment=programme.moment,
                rule=segment.rule if segment else version.rule,
                hour=form.cleaned_data["hour"],
                steps=changed_steps(version.steps, form.cleaned_data),
                at=at,
                by_id=request.person.pk,
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("The new version holds from now on."))
            return HttpResponseRedirect(reverse("care-programme", args=[code]))
    number, foreseen = queries.dry_run(version, at=at) if version else (0, [])
    context = {
        "shown": _shown(programme),
        "form": form,
        "number": number,
        "foreseen": foreseen,
        "runs": queries.runs_of(programme)[:RUNS],
        "now": at,
    }
    return page(request, "care/programmes/one.html", context, status=422 if request.method == "POST" else 200)


@allow(carers, guards="programme")
@require_POST
def switch(request: PersonRequest, code: str) -> HttpResponse:
    """Switch a programme on or off."""
    actions.switch(programme=_programme(code), on=request.POST.get("on") == "yes")
    return HttpResponseRedirect(reverse("care-programme", args=[code]))
