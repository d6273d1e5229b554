"""Webhooks in the administration: add one, see its last tries, send a test, roll the secret, pause, remove."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.messaging.webhooks import actions, queries
from kith.messaging.webhooks.forms import EndpointForm
from kith.messaging.webhooks.models import Endpoint, EndpointState, SendingState
from kith.portal.shell.render import page

administrators = has_role("administrator")
Word = tuple[str, str]


def _state_of(endpoint: Endpoint) -> Word:
    """Return in a word how an endpoint stands, and the tone."""
    if endpoint.state == EndpointState.STOPPED:
        return _("Stopped"), "danger"
    if endpoint.state == EndpointState.PAUSED:
        return _("Paused"), "neutral"
    return (_("Failing"), "due") if endpoint.failing_since else (_("Working"), "ok")


def _words() -> dict[str, Word]:
    return {
        SendingState.WAITING: (_("Waiting"), "neutral"),
        SendingState.SENT: (_("Sent"), "ok"),
        SendingState.FAILED: (_("Given up"), "danger"),
        SendingState.DROPPED: (_("Dropped"), "neutral"),
    }


def _endpoint(public_id: UUID) -> Endpoint:
    found = queries.endpoints().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such webhook."))
    return found


@allow(administrators)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: PersonRequest) -> HttpResponse:
    """List the webhooks; a POST adds one and shows its secret, this once."""
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made, secret = actions.add(
                url=given["url"], label=given["label"], kinds=given["kinds"], by=request.person, at=clock.now()
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return _shown(request, made, secret=secret)
    rows = [(row, *_state_of(row)) for row in queries.endpoints()]
    chosen = request.POST.getlist("kinds")
    context = {"rows": rows, "form": form, "opened": request.method == "POST", "chosen": chosen}
    return page(request, "messaging/webhooks/listing.html", context, status=422 if request.method == "POST" else 200)


def _shown(request: PersonRequest, endpoint: Endpoint, *, secret: str = "") -> HttpResponse:
    state, tone = _state_of(endpoint)
    context = {
        "endpoint": endpoint, "state": state, "tone": tone, "secret": secret, "tries": list(queries.tries(endpoint)),
        "waiting": queries.waiting_count(endpoint), "words": _words(),
        "is_active": endpoint.state == EndpointState.ACTIVE,
    }  # fmt: skip
    return page(request, "messaging/webhooks/one.html", context)


@allow(administrators, guards="webhook")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a webhook with its last tries; never its secret."""
    return _shown(request, _endpoint(public_id))


def _back(public_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("webhook", args=[public_id]))


@allow(administrators, guards="webhook")
@require_POST
def test(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let a test be sent; the next look at what is due does it, within seconds."""
    actions.send_test(public_id=public_id, at=clock.now())
    messages.success(request, _("A test is on its way. Look again in a moment."))
    return _back(public_id)


@allow(administrators, guards="webhook")
@require_POST
def roll(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Make a new secret and show it, this once."""
    secret = actions.roll_secret(public_id=public_id, by=request.person, at=clock.now())
    return _shown(request, _endpoint(public_id), secret=secret)


@allow(administrators, guards="webhook")
@require_POST
def switch(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Pause a webhook, or resume one that is paused or was stopped."""
    act = actions.resume if request.POST.get("on") == "yes" else actions.pause
    act(public_id=public_id, by=request.person, at=clock.now())
    return _back(public_id)


@allow(administrators, guards="webhook")
@require_POST
def remove(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Remove a webhook."""
    actions.remove(public_id=public_id, by=request.person, at=clock.now())
    messages.success(request, _("The webhook is removed; nothing more is sent there."))
    return HttpResponseRedirect(reverse("webhooks"))
