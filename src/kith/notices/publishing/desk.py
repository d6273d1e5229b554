"""The desk where notices are written, published and followed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.messaging.deliveries.rendering import render_text
from kith.notices.publishing import actions, queries
from kith.notices.publishing.forms import AmendForm, NoticeForm, initial, rule_of
from kith.notices.publishing.models import Notice, NoticeState, Severity
from kith.people.persons.models import Person
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
            kept = actions.write_draft(
                author=request.person,
                title=form.text("title"),
                body=form.text("body"),
                severity=Severity(form.cleaned_data["severity"]),
                reason=form.cleaned_data["reason"],
                segment=form.cleaned_data["segment"],
                rule=rule_of(request.POST.get("rule", "")),
                due_at=form.due(),
                needs_acknowledgement=form.cleaned_data["needs_acknowledgement"],
                drill=form.cleaned_data["drill"],
                at=clock.now(),
                notice=notice,
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return _go(kept)
    status = 422 if request.method == "POST" else 200
    return page(request, "notices/publishing/write.html", {"form": form, "notice": notice}, status=status)


@allow(writers)
@require_GET
def audience(request: PersonRequest) -> HttpResponse:
    """Show head count, some of those inside and just outside of the segment picked in the form."""
    key = request.GET.get("segment", "")
    segment = Segment.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None  # noqa: PLR2004
    return fragment(request, "notices/publishing/write.html", "audience", _audience(segment))


def _audience(segment: Segment | None) -> dict[str, object]:
    if segment is None:
        return {"rule": None}
    day = clock.now().date()
    return {
        "rule": segments.describe(rule=segment.rule),
        "number": segments.count(rule=segment.rule, day=day),
        "inside": segments.preview(rule=segment.rule, day=day, limit=5),
        "outside": segments.just_outside(rule=segment.rule, day=day, limit=5),
    }


def _as_seen(request: HttpRequest, notice: Notice) -> dict[str, object]:
    """Return the notice as a given person would see it (by name or mailbox), and whether it reaches them."""
    asked = request.GET.get("as", "").strip()
    rule = notice.rule or (notice.segment.rule if notice.segment else None)
    if not asked or rule is None:
        return {"asked": asked, "seen": None}
    person = Person.objects.filter(full_name__icontains=asked, deactivated_at=None).order_by("sort_key").first()
    if person is None:
        return {"asked": asked, "seen": None, "nobody": True}
    text = render_text(title=notice.title, body=notice.body, version=notice.version, language=person.language)
    day = clock.now().date()
    return {
        "asked": asked,
        "seen": text,
        "person": person,
        "reasons": segments.explain(rule=rule, person_id=person.pk, day=day),
        "reached": segments.contains(rule=rule, person_id=person.pk, day=day),
    }


@allow(writers, guards="notice")
@require_safe
def one(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show a notice: a draft with its preview, a published one with how it stands."""
    notice, at = _notice(request, public_id), clock.now()
    rule = notice.rule or (notice.segment.rule if notice.segment else None)
    context: dict[str, object] = {
        "notice": notice,
        "now": at,
        "draft": notice.state == NoticeState.DRAFT,
        "rule": segments.describe(rule=rule) if rule else "",
        "preview": _as_seen(request, notice),
    }
    if notice.state == NoticeState.DRAFT:
        context["number"] = segments.count(rule=rule, day=at.date()) if rule else 0
        return page(request, "notices/publishing/one.html", context)
    context |= {
        "standing": queries.standing(notice),
        "units": queries.by_unit(notice, day=at.date(), limit=12),
        "sites": queries.by_site(notice, day=at.date(), limit=12),
        "escalations": notice.escalations.select_related("manager", "sent_to").order_by("-outstanding")[:PAGE],
        "versions": notice.versions.select_related("released_by").order_by("-version"),
    }
    if request.headers.get("HX-Request"):
        return fragment(request, "notices/publishing/one.html", "standing", context)
    return page(request, "notices/publishing/one.html", context)


@allow(writers, guards="notice")
@require_POST
def publish(request: PersonRequest, public_id: str) -> HttpResponse:
    """Publish a draft."""
    notice = _notice(request, public_id)
    try:
        actions.publish(notice=notice, by=request.person, at=clock.now())
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
            actions.amend(
                notice=notice,
                title=form.text("title"),
                body=form.text("body"),
                editorial=form.cleaned_data["editorial"],
                by=request.person,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _go(notice)
    status = 422 if request.method == "POST" else 200
    return page(request, "notices/publishing/amend.html", {"form": form, "notice": notice}, status=status)


@allow(writers, guards="notice")
@require_POST
def withdraw(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take a published notice back."""
    notice = _notice(request, public_id)
    actions.withdraw(notice=notice, by=request.person, at=clock.now())
    return _go(notice)
