"""Speaking without a name: write, keep the receipt, come back with it. No session is looked at, no cookie is needed.

The receipt never stands in an address: it is sent in the body of every form, so no log and no history has it.
"""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page
from kith.portal.shell.sealed import sealed
from kith.voice.anonymous import actions, queries
from kith.voice.anonymous.forms import NamelessForm, ReceiptForm
from kith.voice.anonymous.limits import READING, WRITING
from kith.voice.filings.signing import signature
from kith.voice.ideas.models import Idea, IdeaState
from kith.voice.ideas.queries import promise_of


def _unkept(view: Any) -> Any:
    """Forbid every cache to keep what a view answers."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **kwargs)
        return sealed(answer)

    return answered


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@_unkept
def write(request: Request) -> HttpResponse:
    """Write an idea without a name; the answer to the post shows the receipt, this once."""
    form, at = NamelessForm(request.POST or None), clock.now()
    if request.method == "POST" and form.is_valid():
        WRITING.count(at=at)
        data = form.cleaned_data
        try:
            content, secret = actions.submit(title=data["title"], text=data["text"], category=form.chosen, at=at)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            context = {
                "receipt": secret,
                "digest": content,
                "signature": signature(content),
                "opens_at": actions.next_opening(at),
            }
            return page(request, "voice/anonymous/receipt.html", context)
    status = 422 if request.method == "POST" else 200
    return page(request, "voice/anonymous/write.html", {"form": form, "ask": ReceiptForm()}, status=status)


def _by_receipt(request: Request) -> tuple[Idea | None, str]:
    """Return the idea of the receipt somebody typed, None for one that still lies in the box."""
    typed = request.POST.get("receipt", "")
    READING.count(at=clock.now())
    idea = queries.idea_of(typed)
    if idea is None and queries.in_the_box(typed) is None:
        raise NotFound(_("No idea has this receipt. Please look at each letter again."))
    return idea, typed


def _taken_out(request: Request) -> tuple[Idea, str]:
    """Return the idea of the receipt; refused while it lies in the box."""
    idea, typed = _by_receipt(request)
    if idea is None:
        raise Refusal(_("The box with your idea is not open yet. Please come back tomorrow."))
    return idea, typed


def _sealed(request: Request, typed: str) -> HttpResponse:
    found = queries.in_the_box(typed) or queries.Waiting()
    context = {"waiting": found, "digest": found.content, "signature": signature(found.content)}
    return page(request, "voice/anonymous/sealed.html", context)


def _shown(request: Request, idea: Idea, typed: str, *, error: str = "", status: int = 200) -> HttpResponse:
    digest = idea.filing.digest if idea.filing is not None else ""
    waiting = queries.waits_beside(idea)
    context = {
        "idea": idea,
        "receipt": typed,
        "sayings": queries.thread(idea),
        "waiting": waiting,
        "promise": promise_of(idea),
        "now": clock.now(),
        "rates": idea.state != IdeaState.OPEN and idea.rated_at is None and not waiting.rated,
        "digest": digest,
        "signature": signature(digest),
        "error": error,
    }
    return page(request, "voice/anonymous/thread.html", context, status=status)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@_unkept
def thread(request: Request) -> HttpResponse:
    """Ask for the receipt; show what became of its idea, and the words both ways."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST":
        try:
            idea, typed = _by_receipt(request)
        except NotFound as refusal:
            if form.is_valid():
                form.add_error("receipt", refusal.sentence)
            return page(request, "voice/anonymous/ask.html", {"form": form}, status=422)
        return _shown(request, idea, typed) if idea is not None else _sealed(request, typed)
    return page(request, "voice/anonymous/ask.html", {"form": form})


@allow(anyone)
@require_POST
@_unkept
def say(request: Request) -> HttpResponse:
    """Say something more, or answer what was asked."""
    idea, typed = _taken_out(request)
    at = clock.now()
    WRITING.count(at=at)
    try:
        actions.say(idea=idea, text=request.POST.get("text", ""), at=at)
    except Refusal as refusal:
        return _shown(request, idea, typed, error=refusal.sentence, status=422)
    return _shown(request, idea, typed)


@allow(anyone)
@require_POST
@_unkept
def rate(request: Request) -> HttpResponse:
    """Say whether the answer is one."""
    idea, typed = _taken_out(request)
    if request.POST.get("understood") not in {"yes", "no"}:
        return _shown(request, idea, typed, error=_("Choose yes or no."), status=422)
    actions.rate(idea=idea, understood=request.POST["understood"] == "yes", at=clock.now())
    return _shown(request, idea, typed)
