"""Building segments on screen, with live head count and who is just outside."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments import actions, queries
from kith.people.segments.attributes import ATTRIBUTES
from kith.people.segments.models import Segment
from kith.portal.segments.builder import ROWS, Row, rows_from, rows_of, rule_of
from kith.portal.shell.render import fragment, page

builders = has_role("communications", "hr", "administrator")
LANGUAGE_NAMES = {"en": "English", "vi": "Tiếng Việt", "zh-Hans": "简体中文"}


@allow(builders)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List saved segments with their rules in words."""
    rows = [(segment, queries.describe(rule=segment.rule)) for segment in Segment.objects.order_by("id")[:200]]
    return page(request, "portal/segments/listing.html", {"rows": rows})


def _found(rule: dict[str, Any], asked: str) -> dict[str, Any]:
    day = clock.now().date()
    person = None
    if asked:
        person = Person.objects.filter(full_name__icontains=asked, deactivated_at=None).order_by("sort_key").first()
    return {
        "sentence": queries.describe(rule=rule),
        "number": queries.count(rule=rule, day=day),
        "inside": queries.preview(rule=rule, day=day, limit=8),
        "outside": queries.just_outside(rule=rule, day=day, limit=8),
        "asked": asked,
        "asked_person": person,
        "reasons": queries.explain(rule=rule, person_id=person.pk, day=day) if person else [],
    }


def _context(rows: list[Row], join: str, name: Text, segment: Segment | None, asked: str) -> dict[str, Any]:
    return {
        "rows": [*rows, Row()][:ROWS],
        "join": join,
        "attributes": [("", "—"), *((a.name, str(a.label)) for a in ATTRIBUTES)],
        "names": [(tag, LANGUAGE_NAMES[tag], name.get(tag, "")) for tag in OUR_LANGUAGES],
        "segment": segment,
        **_found(rule_of(rows, join=join), asked),
    }


@allow(builders)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Build a new segment."""
    return _build(request, None)


@allow(builders, guards="segment")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, public_id: str) -> HttpResponse:
    """Build the next version of a segment."""
    segment = Segment.objects.filter(public_id=public_id).first()
    if segment is None:
        raise NotFound(_("There is no such segment."))
    return _build(request, segment)


def _build(request: PersonRequest, segment: Segment | None) -> HttpResponse:
    if request.method != "POST":
        rows, join = rows_from(segment.rule) if segment else ([], "all")
        name = segment.name if segment else Text()
        return page(request, "portal/segments/build.html", _context(rows, join, name, segment, ""))
    rows, join = rows_of(request.POST), request.POST.get("join", "all")
    name = Text({tag: request.POST.get(f"name-{tag}", "").strip()[:200] for tag in OUR_LANGUAGES})
    context = _context(rows, join, name, segment, request.POST.get("asked", "").strip()[:100])
    if request.headers.get("HX-Request"):
        return fragment(request, "portal/segments/build.html", "builder", context)
    if "save" not in request.POST:
        return page(request, "portal/segments/build.html", context)
    try:
        kept = Text({tag: words for tag, words in name.items() if words})
        rule = rule_of(rows, join=join)
        actions.save_segment(name=kept, rule=rule, at=clock.now(), by_id=request.person.pk, segment=segment)
    except Refusal as refusal:
        return page(request, "portal/segments/build.html", {**context, "error": refusal.sentence}, status=422)
    messages.success(request, _("The segment is saved."))
    return HttpResponseRedirect("/admin/segments/")
