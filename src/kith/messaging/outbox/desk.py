"""What was sent: every mail with its state, the failed ones by name."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound
from kith.messaging.mail.actions import try_again
from kith.messaging.mail.models import MailOut
from kith.messaging.outbox.queries import failed_count, mails, message_of
from kith.messaging.outbox.rules import SANDBOX, readers, without_keys
from kith.people.persons.queries import names
from kith.portal.shell.render import page

PAGE = 50


@allow(readers)
@require_safe
def outbox(request: PersonRequest) -> HttpResponse:
    """List mails, newest first."""
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    rows = list(mails(state=state, words=words, before=whole(before))[: PAGE + 1])
    labels = {"": _("All"), "waiting": _("Waiting"), "sent": _("Sent"), "failed": _("Failed"), "kept": _("Kept here"),
              "dropped": _("Dropped"), "returned": _("Came back")}  # fmt: skip
    context = {
        "mails": rows[:PAGE],
        "names": names(ids={row.person_id for row in rows if row.person_id is not None}),
        "chips": [(label, _query(state=code, q=words), code == state) for code, label in labels.items()],
        "labels": labels,
        "state": state,
        "words": words,
        "next_url": _query(state=state, q=words, before=str(rows[PAGE - 1].pk)) if len(rows) > PAGE else "",
        "kept_only": settings.KITH_MAIL is None,
        "failed": failed_count(),
    }
    return page(request, "messaging/outbox/outbox.html", context)


def _query(**given: str) -> str:
    return f"?{urlencode({name: value for name, value in given.items() if value})}"


def _mail(public_id: UUID) -> MailOut:
    mail = MailOut.objects.filter(public_id=public_id).first()
    if mail is None:
        raise NotFound(_("There is no such mail."))
    return mail


@allow(readers, guards="mail")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show one mail as plain text, with what became of it."""
    mail = _mail(public_id)
    context = {
        "mail": mail,
        "text": without_keys(mail.text),
        "keys_hidden": not settings.KITH_DEMO,
        "of": message_of(mail),
    }
    return page(request, "messaging/outbox/one.html", context)


@allow(readers, guards="mail")
@require_safe
def as_html(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show one mail as its reader's mail program does, in a document that can do nothing."""
    del request
    answer = HttpResponse(without_keys(_mail(public_id).html))
    answer["Content-Security-Policy"] = SANDBOX
    return answer


@allow(readers, guards="mail")
@require_POST
def retry(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let a failed mail be tried again."""
    del request
    try_again(mail=_mail(public_id), at=clock.now())
    return HttpResponseRedirect("/desk/outbox/?state=failed")
