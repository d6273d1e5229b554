"""Mine: my messages."""

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound
from kith.messaging.deliveries import actions, queries
from kith.messaging.deliveries.answering import said
from kith.messaging.deliveries.changes import changed_since
from kith.messaging.deliveries.models import ANSWERED, Delivery
from kith.messaging.deliveries.rendering import Rendering, render, render_text
from kith.messaging.reaching.explaining import why
from kith.portal.shell.render import fragment, page

PAGE = 30
UNREAD_SHOWN = 100


def _language() -> str:
    return get_language() or "en"


def _mine(request: PersonRequest, public_id: str) -> Delivery:
    delivery = queries.delivery_of(person_id=request.person.pk, public_id=public_id)
    if delivery is None:
        raise NotFound(_("There is no such message for you."))
    return delivery


def _before(request: PersonRequest) -> int | None:
    return whole(request.GET.get("before", ""))


@allow(signed_in)
@require_safe
def inbox(request: PersonRequest) -> HttpResponse:
    """List what reached me: what I have not read first, then the rest, newest first; or what holds some words."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]
    before = _before(request)
    context = {**(_found(request, words) if words else _listed(request, before)), "words": words, "before": before}
    if request.headers.get("HX-Request"):
        return fragment(request, "messaging/inbox/inbox.html", "rows", context)
    return page(request, "messaging/inbox/inbox.html", context)


def _found(request: PersonRequest, words: str) -> dict[str, object]:
    rows = queries.search(person_id=request.person.pk, words=words, language=_language(), limit=PAGE)
    return {"unread": [], "more_unread": False, "rows": _rendered(rows), "next_url": ""}


def _listed(request: PersonRequest, before: int | None) -> dict[str, object]:
    """Return the parts of the list; on the pages after the first there is no unread part."""
    shown = UNREAD_SHOWN + 1 if before is None else 0
    unread, rows = queries.listed(person_id=request.person.pk, before=before, unread=shown, read=PAGE + 1)
    return {
        "unread": _rendered(unread[:UNREAD_SHOWN]),
        "more_unread": len(unread) > UNREAD_SHOWN,
        "rows": _rendered(rows[:PAGE]),
        "next_url": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
    }


def _rendered(rows: Sequence[Delivery]) -> list[tuple[Delivery, Rendering]]:
    """Return what a list shows of messages: their text, not the answers they offer."""
    language = _language()
    messages = ((row, row.message) for row in rows)
    return [(row, render_text(title=m.title, body=m.body, version=m.version, language=language)) for row, m in messages]


def _shown(request: PersonRequest, delivery: Delivery) -> HttpResponse:
    text = render(delivery.message, language=_language())
    context = {
        "delivery": delivery,
        "text": text,
        "changed": changed_since(delivery, text),
        "answered": delivery.state in ANSWERED,
        "now": clock.now(),
        "why": why(delivery, delivery.message, request.person),
    }
    if request.headers.get("HX-Request"):
        return fragment(request, "messaging/inbox/message.html", "answer", context)
    return page(request, "messaging/inbox/message.html", context)


@allow(signed_in, guards="message")
@require_safe
def message(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show one message; it counts as opened."""
    delivery = _mine(request, public_id)
    actions.mark_opened(delivery=delivery, at=clock.now())
    return _shown(request, delivery)


@allow(signed_in, guards="message")
@require_POST
def acknowledge(request: PersonRequest, public_id: str) -> HttpResponse:
    """Acknowledge the text that was shown (its hash comes with the form)."""
    delivery = _mine(request, public_id)
    actions.acknowledge(
        delivery_id=delivery.pk,
        person_id=request.person.pk,
        seen_sha256=request.POST.get("seen", ""),
        at=clock.now(),
        via="kiosk" if request.kiosk else "page",
        says=said(answer=request.POST.get("answer", ""), declined=request.POST.get("declined")),
    )
    if request.headers.get("HX-Request"):
        return _shown(request, _mine(request, public_id))
    return HttpResponseRedirect(reverse("message", args=[public_id]))
