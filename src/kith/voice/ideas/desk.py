"""The desk of those who owe answers to ideas, or that they are done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, employee
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.portal.shell.render import page
from kith.voice.ideas import actions, answering, comparing, finishing, merging, queries
from kith.voice.ideas.forms import AnewForm, AnswerForm, DoneForm
from kith.voice.ideas.models import Idea
from kith.voice.ideas.shown import context, idea_of

SHOWN = 100


@allow(employee)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List the ideas that wait for an answer somebody may give, and those to be done, soonest due first."""
    at = clock.now()
    rows = queries.to_answer(person_id=request.person.pk, roles=request.roles)
    doing = queries.to_do(person_id=request.person.pk, roles=request.roles)
    said = {"rows": rows[:SHOWN], "number": len(rows), "doing": doing[:SHOWN], "now": at}
    return page(request, "voice/ideas/desk.html", said)


def _back(idea: Idea) -> HttpResponse:
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


def _filled(
    request: PersonRequest, public_id: UUID, form: forms.Form, act: Callable[[Idea, Any], None]
) -> HttpResponse:
    """Do one thing that a form asks for; what is refused stands beside its field, with everything typed kept."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    status = 422
    if form.is_valid():
        try:
            act(idea, at)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            status = refusal.status
        else:
            return _back(idea)
    return page(request, "voice/ideas/one.html", context(request, idea, at=at, filled=form), status=status)


@allow(employee, guards="idea")
@require_POST
def read(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Say that one has read an idea."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    actions.mark_read(idea=idea, by=request.person, roles=request.roles, at=at)
    messages.success(request, _("The author knows that you have read it."))
    return _back(idea)


@allow(employee, guards="idea")
@require_POST
def answer(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Answer an idea."""
    form = AnswerForm(request.POST)

    def act(idea: Idea, at: Any) -> None:
        answering.answer(idea=idea, by=request.person, roles=request.roles, said=form.said(), at=at)

    return _filled(request, public_id, form, act)


@allow(employee, guards="idea")
@require_POST
def pass_up(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Hand the answer to somebody who could say yes."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    promise = answering.pass_up(idea=idea, by=request.person, roles=request.roles, at=at)
    name = promise.owner.name if promise.owner else ""
    messages.success(request, _("%s owes the answer now; the due time is unchanged.") % name)
    return HttpResponseRedirect(reverse("ideas-desk"))


@allow(employee, guards="idea")
@require_POST
def implemented(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Report that an idea was put into practice."""
    form = DoneForm(request.POST)

    def act(idea: Idea, at: Any) -> None:
        data = form.cleaned_data
        finishing.implement(
            idea=idea, by=request.person, roles=request.roles, outcome=data["outcome"], link=data["link"], at=at
        )

    return _filled(request, public_id, form, act)


@allow(employee, guards="idea")
@require_POST
def anew(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Say that what was promised cannot be done, so that it is decided anew."""
    form = AnewForm(request.POST)

    def act(idea: Idea, at: Any) -> None:
        finishing.decide_anew(
            idea=idea, by=request.person, roles=request.roles, reason=form.cleaned_data["reason"], at=at
        )

    return _filled(request, public_id, form, act)


@allow(employee, guards="idea")
@require_safe
def merge_choices(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show which ideas one could be merged into: similar ones, or what was looked for."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    words = request.GET.get("q", "")[:150] or idea.title
    found = comparing.similar(
        words=words, person_id=request.person.pk, day=at.date(), roles=request.roles, limit=20, but=idea.pk
    )
    said = {"idea": idea, "found": [each for each in found if each.pk != idea.pk], "words": words}
    return page(request, "voice/ideas/merge.html", said)


@allow(employee, guards="idea")
@require_POST
def merge(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let an idea be answered together with another."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    try:
        into = idea_of(request, UUID(request.POST.get("into", "")), at=at)
    except ValueError:
        raise BadInput(_("Choose the idea with which it is answered."), field="into") from None
    except NotFound:
        raise BadInput(_("Choose an idea that you may read."), field="into") from None
    merging.merge(idea=idea, into=into, by=request.person, roles=request.roles, at=at)
    messages.success(request, _("Both are answered together; every author gets the answer."))
    return _back(into)


@allow(employee, guards="idea")
@require_POST
def unmerge(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take an idea out of another again."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    merging.unmerge(idea=idea, by=request.person, roles=request.roles, at=at)
    messages.success(request, _("It is answered by itself again."))
    return _back(idea)
