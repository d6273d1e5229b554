"""Mine and everybody's: ideas."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from kith.access.policies import allow, employee, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.subjects import Subject
from kith.portal.panels.shelf import panels_for
from kith.portal.shell.render import page
from kith.voice.ideas import actions, queries
from kith.voice.ideas.forms import CATEGORIES, AnswerForm, IdeaForm, RatingForm
from kith.voice.ideas.models import Idea, IdeaState
from kith.voice.ideas.rules import may_answer, may_rate

SHOWN = 50


def _idea(request: PersonRequest, public_id: UUID) -> Idea:
    day = clock.now().date()
    found = queries.listed(person_id=request.person.pk, day=day).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such idea."))
    return found


@allow(signed_in)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List ideas, newest first: all, mine, or what was said and done."""
    day, which = clock.now().date(), request.GET.get("show", "all")
    found = queries.listed(person_id=request.person.pk, day=day)
    if which == "mine":
        found = found.filter(author=request.person)
    elif which == "done":
        found = found.filter(state=IdeaState.DONE)
    tabs = [("all", _("All"), "?show=all"), ("mine", _("Mine"), "?show=mine"),
            ("done", _("You said, we did"), "?show=done")]  # fmt: skip
    return page(request, "voice/ideas/listing.html", {"ideas": found[:SHOWN], "tabs": tabs, "which": which})


@allow(employee)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write an idea; similar ones are shown first, and may be posted all the same."""
    form, at = IdeaForm(request.POST or None), clock.now()
    similar: list[Idea] = []
    if request.method == "POST" and form.is_valid():
        title, text = form.cleaned_data["title"], form.cleaned_data["text"]
        if "anyway" not in request.POST:
            similar = queries.similar(words=title, person_id=request.person.pk, day=at.date())
        if not similar:
            try:
                idea = actions.submit(author=request.person, title=title, text=text, category=form.chosen, at=at)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            else:
                return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))
    status = 422 if request.method == "POST" and not similar else 200
    return page(request, "voice/ideas/new.html", {"form": form, "similar": similar}, status=status)


def _shown(request: PersonRequest, idea: Idea, *, form: object = None, status: int = 200) -> HttpResponse:
    promise = queries.promise_of(idea)
    answers = may_answer(person_id=request.person.pk, roles=request.roles, idea=idea, promise=promise)
    rates = may_rate(person_id=request.person.pk, idea=idea)
    context = {
        "idea": idea,
        "promise": promise,
        "comments": idea.comments.select_related("author").order_by("id")[:200],
        "answer_form": (form if isinstance(form, AnswerForm) else AnswerForm()) if answers else None,
        "rating_form": (form if isinstance(form, RatingForm) else RatingForm()) if rates else None,
        "may_vote": request.employed and idea.author_id != request.person.pk,
        "now": clock.now(),
        "categories": dict(CATEGORIES),
        "panels": [Markup(html) for html in panels_for(request=request, subject=Subject(queries.KIND, idea.pk))],  # noqa: S704  (each panel is a rendered template)
    }
    return page(request, "voice/ideas/one.html", context, status=status)


@allow(signed_in, guards="idea")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show an idea: who owes the answer until when, the answer, the votes and comments."""
    return _shown(request, _idea(request, public_id))


@allow(employee, guards="idea")
@require_POST
def answer(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Answer an idea."""
    idea, form = _idea(request, public_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, idea, form=form, status=422)
    data = form.cleaned_data
    try:
        actions.answer(
            idea=idea, by=request.person, roles=request.roles, state=IdeaState(data["state"]), text=data["text"],
            reason=data["reason"], at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return _shown(request, idea, form=form, status=refusal.status)
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


@allow(signed_in, guards="idea")
@require_POST
def rate(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Rate the answer to my idea."""
    idea, form = _idea(request, public_id), RatingForm(request.POST)
    if not form.is_valid():
        return _shown(request, idea, form=form, status=422)
    actions.rate(
        idea=idea, by=request.person, understood=form.cleaned_data["understood"] == "yes",
        stars=form.cleaned_data["stars"], words=form.cleaned_data["words"], at=clock.now(),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


@allow(employee, guards="idea")
@require_POST
def vote(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Find an idea good."""
    idea = _idea(request, public_id)
    actions.vote(idea=idea, by=request.person, at=clock.now())
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


@allow(employee, guards="idea")
@require_POST
def comment(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Say something to an idea."""
    idea = _idea(request, public_id)
    actions.comment(idea=idea, by=request.person, text=request.POST.get("text", ""), at=clock.now())
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))
