"""The desk of the second person: what waits for a yes or no, each with exactly the text it is about."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.texts import Text
from kith.notices.publishing import agreeing, previews
from kith.notices.publishing.models import Approval, ApprovalKind
from kith.notices.publishing.saying import diffs
from kith.people.segments import queries as segments
from kith.portal.shell.render import page

approvers = has_role("communications", "administrator", "leadership")
SHOWN = 100


@allow(approvers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List what waits for a second person, then what was decided, newest first."""
    asked = Approval.objects.select_related("notice", "asked_by", "decided_by")
    context = {
        "waiting": asked.filter(granted__isnull=True).order_by("asked_at"),
        "decided": asked.filter(granted__isnull=False).order_by("-decided_at")[:SHOWN],
    }
    return page(request, "notices/approvals/listing.html", context)


@allow(approvers, guards="notice")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show what is asked for, and take the yes or no."""
    found = Approval.objects.select_related("notice__segment", "asked_by", "decided_by").filter(public_id=public_id)
    approval = found.first()
    if approval is None:
        raise NotFound(_("There is no such notice."))
    error = ""
    if request.method == "POST":
        granted, why = request.POST.get("granted") == "yes", request.POST.get("why", "").replace("\0", "")
        try:
            agreeing.decide(approval=approval, granted=granted, by=request.person, at=clock.now(), why=why)
        except Refusal as refusal:
            if refusal.status == 403:  # noqa: PLR2004  (the asker's own question)
                raise
            error = refusal.sentence
        else:
            messages.success(request, _("Done: it goes out now.") if granted else _("Your no was sent to who asked."))
            return HttpResponseRedirect(reverse("notice-approvals"))
    return page(request, "notices/approvals/one.html", _shown(request, approval, error), status=409 if error else 200)


def _shown(request: PersonRequest, approval: Approval, error: str) -> dict[str, object]:
    notice, day = approval.notice, clock.now().date()
    rule = previews.rule_in_force(notice)
    changed = {}
    if approval.kind == ApprovalKind.EDITORIAL:
        changed = diffs((notice.title, notice.body), (Text(approval.payload["title"]), Text(approval.payload["body"])))
    return {
        "approval": approval,
        "notice": notice,
        "error": error,
        "own": approval.asked_by_id == request.person.pk,
        "rule": segments.describe(rule=rule) if rule else "",
        "number": segments.count(rule=rule, day=day) if rule else 0,
        "changed": changed if approval.granted is None else {},
    }
