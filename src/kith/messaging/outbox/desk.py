"""What was sent: every mail with its state, the failed ones by name."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import Policy, allow
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.messaging.mail.actions import try_again
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.outbox.rules import may_read
from kith.portal.shell.render import page

PAGE = 50


readers = Policy("outbox", gettext_lazy("Communications and administrators; in a demo everyone."), may_read)


@allow(readers)
@require_safe
def outbox(request: PersonRequest) -> HttpResponse:
    """List mails, newest first."""
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    mails = MailOut.objects.order_by("-id")
    if state in MailState.values:
        mails = mails.filter(state=state)
    if before.isdecimal() and len(before) < 19:  # noqa: PLR2004  (a bigint's digits)
        mails = mails.filter(pk__lt=int(before))
    rows = list(mails[: PAGE + 1])
    labels = {"": _("All"), "waiting": _("Waiting"), "sent": _("Sent"), "failed": _("Failed"), "kept": _("Kept"),
              "dropped": _("Dropped")}  # fmt: skip
    context = {
        "mails": rows[:PAGE],
        "chips": [(label, f"?state={code}", code == state) for code, label in labels.items()],
        "labels": labels,
        "next_url": f"?state={state}&before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "kept_only": settings.KITH_MAIL is None,
    }
    return page(request, "messaging/outbox/outbox.html", context)


def _mail(public_id: UUID) -> MailOut:
    mail = MailOut.objects.filter(public_id=public_id).first()
    if mail is None:
        raise NotFound(_("There is no such mail."))
    return mail


@allow(readers, guards="mail")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show one mail as plain text."""
    return page(request, "messaging/outbox/one.html", {"mail": _mail(public_id)})


@allow(readers, guards="mail")
@require_POST
def retry(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let a failed mail be tried again."""
    del request
    try_again(mail=_mail(public_id), at=clock.now())
    return HttpResponseRedirect("/desk/outbox/?state=failed")
