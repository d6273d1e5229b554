"""The desk of care: programmes, what they would do, what they did, and a second person's look."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow
from kith.access.requests import PersonRequest
from kith.care.kindnesses import BRANCH, KINDNESSES
from kith.care.programmes import drafting, queries
from kith.care.programmes.forms import WindowForm
from kith.care.programmes.models import Inside, VersionState
from kith.care.programmes.moving import movable
from kith.care.programmes.opening import carers, draft_of, programme_of
from kith.care.programmes.rehearsal import rehearse
from kith.care.programmes.showing import is_open, shown
from kith.care.programmes.tree import nodes
from kith.kernel import clock
from kith.kernel.clock import at_local, local_date
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.people.segments.queries import explain
from kith.portal.shell.render import page

RUNS = 30
AHEAD = timedelta(days=400)


@allow(carers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List the programmes."""
    rows = [shown(each, each.current or queries.draft_of(each)) for each in queries.visible_to(roles=request.roles)]
    return page(request, "care/programmes/listing.html", {"shown": rows, "may_mute": "hr" in request.roles})


@allow(carers, guards="programme")
@require_safe
def one(request: PersonRequest, code: str) -> HttpResponse:
    """Show a programme: what holds, what is drafted or waits for a look, and what it did."""
    programme = programme_of(request, code)
    draft = queries.draft_of(programme)
    context = {
        "shown": shown(programme, programme.current or draft),
        "draft": shown(programme, draft) if draft else None,
        "writing": is_open(draft),
        "in_review": draft is not None and draft.state == VersionState.REVIEW,
        "mine": draft is not None and draft.drafted_by_id == request.person.pk,
        "inside": queries.inside(programme),
        "movable": movable(draft) if draft else (0, 0),
        "runs": queries.runs_of(programme)[:RUNS],
    }
    return page(request, "care/programmes/one.html", context)


def _window(form: WindowForm) -> tuple[datetime, datetime]:
    """Return the instants between which a dry run looks: whole days in UTC."""
    first, months = form.cleaned_data["first"], form.cleaned_data["months"]
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    days = (datetime(year, month + 1, 1, tzinfo=clock.now().tzinfo) - timedelta(days=1)).day
    last = first.replace(year=year, month=month + 1, day=min(first.day, days))
    return at_local(first, 0, 0, "UTC"), at_local(last, 0, 0, "UTC")


@allow(carers, guards="programme")
@require_safe
def rehearsal(request: PersonRequest, code: str) -> HttpResponse:
    """Show who would get what, when and why; of the draft, or of what holds with `?version=current`."""
    programme, at = programme_of(request, code), clock.now()
    version = programme.current if request.GET.get("version") == "current" else None
    version = version or queries.draft_of(programme) or programme.current
    if version is None:
        raise NotFound(_("There is no such programme."))
    today = local_date(at, request.person.zone)
    asked = {"first": request.GET.get("first", today.isoformat()), "months": request.GET.get("months", "1")}
    form = WindowForm(asked)
    if not form.is_valid():
        raise BadInput(_("Choose a day and 1 to 12 months."), field="months")
    after, upto = _window(form)
    if not at - AHEAD <= after <= at + AHEAD:
        raise BadInput(_("A dry run begins within a year from now."), field="first")
    found = rehearse(version, after=after, upto=upto)
    why = next((each for each in found.first if str(each.person.public_id) == request.GET.get("why")), None)
    context = {
        "shown": shown(programme, version),
        "form": form,
        "found": found,
        "step_names": [f"{node.position + 1}. {KINDNESSES.get(node.kindness).label}" for node in nodes(version.steps)],
        "table": [(date_format(month, "M Y"), times) for month, times in found.table()],
        "asked": asked,
        "asks": any(node.kindness == BRANCH for node in nodes(version.steps)),
        "why": why,
        "reasons": explain(rule=version.rule, person_id=why.person.pk, day=at.date()) if why else [],
        "version": "current" if version == programme.current else "draft",
    }
    return page(request, "care/programmes/rehearsal.html", context)


@allow(carers, guards="programme")
@require_POST
def review(request: PersonRequest, code: str) -> HttpResponse:
    """Release what waits for a look, or send it back (whoever wrote it takes it back)."""
    programme = programme_of(request, code)
    version = draft_of(programme)
    match request.POST.get("answer"):
        case "release":
            drafting.approve(version=version, at=clock.now(), by_id=request.person.pk)
            messages.success(request, _("Released: it holds from now on."))
        case "back":
            drafting.send_back(version=version, note=request.POST.get("note", ""))
            messages.success(request, _("It can be written again."))
        case _other:
            raise BadInput(_("Choose one of the answers."), field="answer")
    return HttpResponseRedirect(reverse("care-programme", args=[code]))


@allow(carers, guards="programme")
@require_POST
def switch(request: PersonRequest, code: str) -> HttpResponse:
    """Let a programme run, pause it, or retire it; people inside finish or are stopped, as is said."""
    programme, at = programme_of(request, code), clock.now()
    inside = request.POST.get("inside", Inside.FINISH)
    if inside not in (Inside.FINISH, Inside.STOP):
        raise BadInput(_("Say what happens to people who are inside."), field="inside")
    try:
        match request.POST.get("to"):
            case "on":
                drafting.switch(programme=programme, on=True)
            case "pause":
                drafting.switch(programme=programme, on=False, inside=inside, at=at)
            case "retire":
                drafting.retire(programme=programme, inside=inside, at=at)
            case _other:
                raise BadInput(_("Choose one of the answers."), field="to")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(reverse("care-programme", args=[code]))
