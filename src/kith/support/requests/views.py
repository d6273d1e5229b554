"""Mine: what I asked, who answers until when, and what was said."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page
from kith.support.requests import actions, queries
from kith.support.requests.forms import TOPICS, AskForm, SayingForm
from kith.support.requests.models import ServiceRequest, Topic
from kith.support.requests.rules import may_answer, may_write

SHOWN = 50
SAYINGS = 200


def _asked(request: PersonRequest, public_id: UUID) -> ServiceRequest:
    mine = queries.visible_to(person_id=request.person.pk, roles=request.roles)
    found = mine.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such request."))
    return found


def _go(asked: ServiceRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("request", args=[asked.public_id]))


@allow(signed_in)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List what I asked, newest first, with who owes the answer."""
    rows = queries.with_promises(list(queries.mine(person_id=request.person.pk)[:SHOWN]))
    return page(request, "support/requests/mine.html", {"rows": rows, "now": clock.now()})


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Ask for help."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            asked = actions.ask(
                asker=request.person, title=data["title"], text=data["text"], topic=Topic(data["topic"]),
                at=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.field not in form.fields:
                raise
            form.add_error(refusal.field, refusal.sentence)
        else:
            return _go(asked)
    return page(request, "support/requests/new.html", {"form": form}, status=422 if form.errors else 200)


def _shown(request: PersonRequest, asked: ServiceRequest, form: SayingForm | None = None) -> HttpResponse:
    promise = queries.promise_of(asked)
    context = {
        "asked": asked,
        "topic": dict(TOPICS)[Topic(asked.topic)],
        "promise": promise,
        "sayings": asked.sayings.select_related("author")[:SAYINGS],
        "form": form or SayingForm(),
        "answers": may_answer(person_id=request.person.pk, roles=request.roles, asked=asked, promise=promise),
        "writes": may_write(person_id=request.person.pk, asked=asked),
        "now": clock.now(),
    }
    return page(request, "support/requests/one.html", context, status=422 if form else 200)


@allow(signed_in, guards="request")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a request: where it stands and what was said."""
    asked = _asked(request, public_id)
    looked(person_ids=[asked.asker_id], by_id=request.person.pk, what=What.REQUEST, at=clock.now())
    return _shown(request, asked)


@allow(signed_in, guards="request")
@require_POST
def say(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Answer a request, or go on writing in my own."""
    asked, form = _asked(request, public_id), SayingForm(request.POST)
    if not form.is_valid():
        return _shown(request, asked, form)
    text, at = form.cleaned_data["text"], clock.now()
    if asked.asker_id == request.person.pk:
        actions.write_again(asked=asked, by=request.person, text=text, at=at)
    else:
        actions.answer(asked=asked, by=request.person, roles=request.roles, text=text, at=at)
    return _go(asked)


@allow(signed_in, guards="request")
@require_POST
def close(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Close my request."""
    asked = _asked(request, public_id)
    actions.close(asked=asked, by=request.person, at=clock.now())
    return _go(asked)
