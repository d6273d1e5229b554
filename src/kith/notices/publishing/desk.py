"""The desk where notices are written, published and followed."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound, Refusal
from kith.notices.matters import queries as matters
from kith.notices.matters.queries import stored
from kith.notices.publishing import actions, agreeing, budget, previews, queries
from kith.notices.publishing.forms import AmendForm, NoticeForm, initial, rule_of
from kith.notices.publishing.models import Category, Certainty, Notice, NoticeState
from kith.notices.publishing.queries import STATE_LABELS
from kith.notices.publishing.rules import MOST_OPTIONS
from kith.notices.rulebook.queries import current
from kith.notices.severities import Severity
from kith.people.segments import queries as segments
from kith.people.segments.models import Segment
from kith.portal.shell.render import fragment, page

writers = has_role("communications", "administrator")
PAGE = 50


def _notice(request: PersonRequest, public_id: str) -> Notice:
    mine = queries.visible_to(person_id=request.person.pk, roles=request.roles)
    found = mine.select_related("segment").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such notice."))
    return found


def _go(notice: Notice) -> HttpResponse:
    return HttpResponseRedirect(reverse("notice-desk", args=[notice.public_id]))


@allow(writers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List notices, newest first."""
    notices = queries.visible_to(person_id=request.person.pk, roles=request.roles).order_by("-id")[:PAGE]
    return page(request, "notices/publishing/listing.html", {"notices": notices, "now": clock.now()})


@allow(writers)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write a new notice."""
    return _write(request, None)


@allow(writers, guards="notice")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, public_id: str) -> HttpResponse:
    """Go on writing a draft."""
    return _write(request, _notice(request, public_id))


def _write(request: PersonRequest, notice: Notice | None) -> HttpResponse:
    start = initial(notice) if notice else {"severity": Severity.IMPORTANT, "needs_acknowledgement": True}
    form = NoticeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, form, notice)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return _go(kept)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "notice": notice, "most": range(MOST_OPTIONS)}
    return page(request, "notices/publishing/write.html", context, status=status)


def _keep(request: PersonRequest, form: NoticeForm, notice: Notice | None) -> Notice:
    at, said = clock.now(), form.cleaned_data
    matter = form.stated()
    rule = matters.concerned(matter, day=at.date()).rule if matter else rule_of(request.POST.get("rule", ""))
    return actions.write_draft(
        author=notice.author if notice else request.person,
        title=form.text("title"),
        body=form.text("body"),
        severity=Severity(said["severity"]),
        reason=said["reason"],
        segment=None if matter else said["segment"],
        rule=rule,
        matter=matter,
        due_at=form.moment("due_at"),
        expires_at=form.moment("expires_at"),
        needs_acknowledgement=said["needs_acknowledgement"],
        options=form.options(),
        may_decline=said["may_decline"],
        drill=said["drill"],
        category=Category(said["category"] or Category.OTHER),
        certainty=Certainty(said["certainty"] or Certainty.UNKNOWN),
        at=at,
        notice=notice,
    )


@allow(writers)
@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: PersonRequest) -> HttpResponse:
    """Show head count, some of those inside and just outside of what the form states; nothing is kept."""
    given, day = request.POST or request.GET, clock.now().date()
    matter = stored(picked=given.get("matter", ""), invited=given.get("invited", ""), present=given.get("present", ""))
    if matter:
        context = previews.of_matter(matter, day=day)
    else:
        segment = Segment.objects.filter(pk=whole(given.get("segment", "")) or 0).first()
        context = previews.of_segment(segment, day=day)
    return fragment(request, "notices/publishing/write.html", "audience", context)


@allow(writers)
@require_safe
def sender(request: PersonRequest) -> HttpResponse:
    """Show a writer their own budget of urgent notices, and how well their notices of 30 days were answered."""
    at = clock.now()
    context = {
        "budget": budget.budget_of(person_id=request.person.pk, book=current(), at=at),
        "heard": budget.heard(person_id=request.person.pk, at=at),
        "drills": budget.heard(person_id=request.person.pk, at=at, drill=True),
    }
    return page(request, "notices/publishing/sender.html", context)


@allow(writers, guards="notice")
@require_safe
def one(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show a notice: a draft with its preview, a published one with how it stands."""
    notice, at = _notice(request, public_id), clock.now()
    rule = previews.rule_in_force(notice)
    context: dict[str, object] = {
        "notice": notice,
        "now": at,
        "draft": notice.state == NoticeState.DRAFT,
        "rule": _said_rule(notice, rule),
        "preview": previews.as_seen(request, notice, day=at.date()),
        "approvals": notice.approvals.select_related("asked_by", "decided_by").order_by("-asked_at"),
    }
    if notice.state == NoticeState.DRAFT:
        context["number"] = segments.count(rule=rule, day=at.date()) if rule else 0
        context["second"] = actions.needs_second_person(notice, by=request.person, at=at)
        return page(request, "notices/publishing/one.html", context)
    context |= {
        "standing": queries.standing(notice, at=at),
        "labels": STATE_LABELS,
        "units": queries.by_unit(notice, day=at.date(), limit=12),
        "sites": queries.by_site(notice, day=at.date(), limit=12),
    }
    if request.headers.get("HX-Request"):
        return fragment(request, "notices/publishing/one.html", "standing", context)
    context |= {
        "waves": notice.waves.order_by("step"),
        "escalations": notice.escalations.select_related("manager", "sent_to").order_by("-outstanding", "id")[:PAGE],
        "versions": notice.versions.select_related("released_by", "approved_by").order_by("-version"),
        "language": get_language() or "en",
    }
    return page(request, "notices/publishing/one.html", context)


def _said_rule(notice: Notice, rule: object) -> str:
    if notice.matter:
        return matters.sentence(notice.matter)
    return segments.describe(rule=rule) if rule else ""


@allow(writers, guards="notice")
@require_POST
def publish(request: PersonRequest, public_id: str) -> HttpResponse:
    """Publish a draft; above the sender's budget a second person is asked instead."""
    notice, at = _notice(request, public_id), clock.now()
    try:
        if actions.needs_second_person(notice, by=request.person, at=at):
            agreeing.ask_to_publish(notice=notice, by=request.person, at=at)
            messages.success(request, _("A second person has been asked. It goes out as soon as they agree."))
        else:
            actions.publish(notice=notice, by=request.person, at=at)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(reverse("notice-edit", args=[notice.public_id]))
    return _go(notice)


@allow(writers, guards="notice")
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: PersonRequest, public_id: str) -> HttpResponse:
    """Release the next text of a published notice."""
    notice = _notice(request, public_id)
    form = AmendForm(request.POST or None, languages=tuple(notice.title), initial=initial(notice))
    if request.method == "POST" and form.is_valid():
        try:
            _amend(request, notice, form)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _go(notice)
    status = 422 if request.method == "POST" else 200
    return page(request, "notices/publishing/amend.html", {"form": form, "notice": notice}, status=status)


def _amend(request: PersonRequest, notice: Notice, form: AmendForm) -> None:
    title, body, at = form.text("title"), form.text("body"), clock.now()
    if form.cleaned_data["editorial"]:
        agreeing.ask_to_correct(notice=notice, title=title, body=body, by=request.person, at=at)
        messages.success(request, _("A second person has been asked. The correction goes out as soon as they agree."))
        return
    actions.amend(notice=notice, title=title, body=body, editorial=False, by=request.person, at=at)


@allow(writers, guards="notice")
@require_POST
def withdraw(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take a published notice back."""
    notice = _notice(request, public_id)
    actions.withdraw(notice=notice, by=request.person, at=clock.now())
    return _go(notice)
