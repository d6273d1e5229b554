"""The desk where programmes are written: begun, drafted, and their steps put in order; all without code."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow
from kith.access.requests import PersonRequest
from kith.care.fields import starting
from kith.care.kindnesses import KINDNESSES
from kith.care.moments import MOMENTS
from kith.care.programmes import drafting, queries, rules
from kith.care.programmes.forms import DraftForm, FieldsForm, NewForm
from kith.care.programmes.models import Inside, ProgrammeVersion
from kith.care.programmes.moving import movable
from kith.care.programmes.opening import carers, draft_of, programme_of
from kith.care.programmes.showing import preview_of, shown
from kith.care.programmes.stepping import Side, move_step, put_step
from kith.care.programmes.tree import SIDES, nodes
from kith.kernel import clock
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.texts import Text
from kith.portal.shell.render import page
from kith.promises.finding import by_words


def to_draft(code: str) -> HttpResponseRedirect:
    """Lead to the draft."""
    return HttpResponseRedirect(reverse("care-draft", args=[code]))


@allow(carers)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Begin a programme: its name and its moment."""
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = drafting.start(
                name=Text({tag: data[f"name_{tag}"] for tag in OUR_LANGUAGES}),
                moment=data["moment"],
                settings=starting(MOMENTS.get(data["moment"]).fields),
                keeper="hr" if queries.CARERS & request.roles else "shop",
                at=clock.now(),
                by_id=request.person.pk,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return to_draft(made.code)
    return page(request, "care/programmes/new.html", {"form": form}, status=422 if form.errors else 200)


def _draft_form(request: PersonRequest, version: ProgrammeVersion, *, posted: bool) -> DraftForm:
    return DraftForm(
        request.POST if posted else None,
        version=version,
        asked=MOMENTS.get(version.programme.moment).fields,
        values=version.settings,
    )


@allow(carers, guards="programme")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PersonRequest, code: str) -> HttpResponse:
    """Show the draft of the next version (begun by opening it with a POST); a POST writes, or asks for a look."""
    programme, at = programme_of(request, code), clock.now()
    if request.method == "POST" and "begin" in request.POST:
        drafting.redraft(programme=programme, at=at, by_id=request.person.pk)
        return to_draft(code)
    version = draft_of(programme)
    form = _draft_form(request, version, posted=request.method == "POST" and "save" in request.POST)
    error = ""
    try:
        if "save" in request.POST and form.is_valid():
            drafting.edit(version=version, draft=form.draft, at=at, by_id=request.person.pk)
            messages.success(request, _("The draft is saved."))
            return to_draft(code)
        if "ask" in request.POST:
            inside = request.POST.get("inside", Inside.FINISH)
            drafting.ask(version=version, inside=inside, at=at, by_id=request.person.pk)
            messages.success(request, _("A second person can look at it now."))
            return HttpResponseRedirect(reverse("care-programme", args=[code]))
    except Refusal as refusal:
        error = refusal.sentence
    context = {
        "shown": shown(programme, version),
        "form": form,
        "kinds": [(name, str(kind.label), kind.icon) for name, kind in KINDNESSES.items()],
        "inside": queries.inside(programme),
        "movable": movable(version),
        "error": error,
    }
    return page(request, "care/programmes/draft.html", context, status=422 if error or form.errors else 200)


def _step_page(
    request: PersonRequest,
    version: ProgrammeVersion,
    known: dict[str, Any],
    position: int | None,
    into: Side | None = None,
) -> HttpResponse:
    """Show a step's form; a POST saves it, or shows it as a real person would read it."""
    kindness = KINDNESSES.get(known["kindness"])
    form = FieldsForm(request.POST or None, asked=kindness.fields, values=known)
    error, preview, at = "", None, clock.now()
    step = known
    try:
        if request.method == "POST" and form.is_valid():
            step = rules.clean_step({**form.values, "kindness": known["kindness"]}, moment=version.programme.moment)
            if "preview" not in request.POST:
                put_step(version=version, position=position, step=step, at=at, by_id=request.person.pk, into=into)
                messages.success(request, _("The step is saved."))
                return to_draft(version.programme.code)
    except Refusal as refusal:
        error = refusal.sentence
    reader = request.POST.get("reader", "").strip()[:254]
    person = by_words(reader) if reader else None
    if reader and person is None:
        error = error or _("Nobody has this mailbox or personnel number.")
    if not error and not form.errors:
        preview = preview_of(version, step, person=person, day=at.date())
    context = {
        "programme": version.programme, "kindness": kindness, "form": form, "error": error, "preview": preview,
        "reader": reader, "placeholders": ("name", *MOMENTS.get(version.programme.moment).placeholders),
        "has_words": any(name.startswith(("title", "words")) for name in form.fields),
        "has_greeting": any(field.name == "title" for field in kindness.fields),
    }  # fmt: skip
    return page(request, "care/programmes/step.html", context, status=422 if error or form.errors else 200)


@allow(carers, guards="programme")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, code: str) -> HttpResponse:
    """Write a new step of the kind `?kindness=`, behind the last one, or of a side `?into=3&side=yes` of a question."""
    version = draft_of(programme_of(request, code))
    name = request.GET.get("kindness", "")
    if name not in KINDNESSES:
        raise BadInput(_("There is no kindness “%s”.") % name[:60], field="kindness")
    fields, into = KINDNESSES.get(name).fields, _side(request)
    if not fields and request.method == "POST":
        put_step(
            version=version, position=None, step={"kindness": name}, at=clock.now(), by_id=request.person.pk, into=into
        )
        return to_draft(code)
    return _step_page(request, version, {"kindness": name, **starting(fields)}, None, into)


def _side(request: PersonRequest) -> Side | None:
    """Return the side of the question that a new step goes to, None outside of questions."""
    question, side = request.GET.get("into", ""), request.GET.get("side", "")
    if not question:
        return None
    number = whole(question, digits=2)
    if number is None or side not in SIDES:
        raise BadInput(_("There is no such step."), field="into")
    return Side(number, side)


@allow(carers, guards="programme")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PersonRequest, code: str, position: int) -> HttpResponse:
    """Write a step of the draft."""
    version = draft_of(programme_of(request, code))
    laid = nodes(version.steps)
    if position not in range(len(laid)):
        raise NotFound(_("There is no such step."))
    return _step_page(request, version, dict(laid[position].step), position)


@allow(carers, guards="programme")
@require_POST
def move(request: PersonRequest, code: str, position: int) -> HttpResponse:
    """Move a step up or down, or take it away."""
    version = draft_of(programme_of(request, code))
    by = {"up": -1, "down": 1, "away": 0}.get(request.POST.get("to", ""))
    if by is None:
        raise BadInput(_("Choose one of the answers."), field="to")
    move_step(version=version, position=position, by=by, at=clock.now(), by_id=request.person.pk)
    return to_draft(code)
