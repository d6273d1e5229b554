"""Work on others' matters: questions to functions, reported messages, how long messages are kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, has_role, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.messaging.conversations import actions, queries, shown
from kith.messaging.conversations.asking import standing_of
from kith.messaging.conversations.forms import DecisionForm, KeepingForm
from kith.messaging.conversations.keeping import keep_for
from kith.messaging.conversations.models import Report
from kith.messaging.conversations.moderation import may_moderate
from kith.messaging.conversations.rules import MODERATORS
from kith.portal.shell.render import page

SHOWN = 50


@allow(signed_in)
@require_safe
def questions(request: PersonRequest) -> HttpResponse:
    """Show what people wrote to the functions I serve: what waits longest first."""
    standing = standing_of(request)
    found = list(queries.served_by(standing)[:SHOWN])
    rows = [(row, shown.name_of(row.asker), shown.desk_label(row.duty)) for row in found if row.asker is not None]
    return page(request, "messaging/conversations/questions.html", {"rows": rows, "now": clock.now()})


def _reports(request: PersonRequest) -> list[Report]:
    """Return the reports somebody decides on: all for a moderator, else those they owe."""
    standing = standing_of(request)
    if standing.roles & MODERATORS:
        return list(queries.reports()[:SHOWN])
    owed = queries.helped_by(person_id=standing.person.pk, kind=queries.REPORT)
    return list(queries.reports().filter(pk__in=owed)[:SHOWN])


@allow(signed_in)
@require_safe
def reports(request: PersonRequest) -> HttpResponse:
    """Show reported messages, those without a decision first."""
    return page(
        request, "messaging/conversations/reports.html", {"reports": _reports(request), "name_of": shown.name_of}
    )


@allow(signed_in, guards="report")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show one reported message, nothing else of its conversation, and decide on it."""
    standing, at = standing_of(request), clock.now()
    found = queries.reports().filter(public_id=public_id).first()
    if found is None or not may_moderate(standing, found.pk):
        raise NotFound(_("There is no such report."))
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        removes = form.cleaned_data["decision"] == "removed"
        actions.decide(report=found, by=standing, removes=removes, words=form.cleaned_data["words"], at=at)
        messages.success(request, _("Decided; both sides can read it."))
        return HttpResponseRedirect(request.path, status=303)
    concerned = standing.person.pk in {found.author_id, found.by_id}
    context = {"report": found, "form": form, "concerned": concerned, "name_of": shown.name_of}
    status = 422 if request.method == "POST" else 200
    return page(request, "messaging/conversations/report_one.html", context, status=status)


@allow(has_role("administrator"))
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: PersonRequest) -> HttpResponse:
    """Decide for how long messages are kept."""
    at, now = clock.now(), queries.keeping()
    form = KeepingForm(request.POST or None, initial={"days": now.days if now else ""})
    if request.method == "POST" and form.is_valid():
        keep_for(days=form.cleaned_data["days"], at=at, by_id=request.person.pk)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path, status=303)
    status = 422 if request.method == "POST" else 200
    return page(request, "messaging/conversations/keeping.html", {"form": form, "now": now}, status=status)
