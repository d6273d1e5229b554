"""Building segments on screen, with live head count and who is just outside."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.folding import fold
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments import actions, queries
from kith.people.segments.attributes import ATTRIBUTES
from kith.people.segments.models import Segment
from kith.portal.segments.builder import ROWS, Draft, Row, draft_of, posted
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
        person = Person.objects.filter(sort_key__contains=fold(asked), deactivated_at=None).order_by("sort_key").first()
    return {
        "sentence": queries.describe(rule=rule),
        "number": queries.count(rule=rule, day=day),
        "inside": queries.preview(rule=rule, day=day, limit=8),
        "outside": queries.just_outside(rule=rule, day=day, limit=8),
        "asked": asked,
        "asked_person": person,
        "reasons": queries.explain(rule=rule, person_id=person.pk, day=day) if person else [],
    }


def _context(draft: Draft, name: Text, segment: Segment | None, asked: str) -> dict[str, Any]:
    return {
        "rows": [*draft.rows, Row()][:ROWS],
        "join": draft.join,
        "parts": draft.parts,
        "attributes": [("", "—"), *((a.name, str(a.label)) for a in ATTRIBUTES)],
        "names": [(tag, LANGUAGE_NAMES[tag], name.get(tag, "")) for tag in OUR_LANGUAGES],
        "segment": segment,
        **_found(draft.rule, asked),
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
        draft = draft_of(segment.rule) if segment else Draft()
        name = segment.name if segment else Text()
        return page(request, "portal/segments/build.html", _context(draft, name, segment, ""))
    draft = posted(request.POST)
    name = Text({tag: request.POST.get(f"name-{tag}", "").strip()[:200] for tag in OUR_LANGUAGES})
    context = _context(draft, name, segment, request.POST.get("asked", "").strip()[:100].replace("\0", ""))
    if request.headers.get("HX-Request") and "save" not in request.POST:
        return fragment(request, "portal/segments/build.html", "builder", context)
    if "save" not in request.POST:
        return page(request, "portal/segments/build.html", context)
    try:
        _save(request, draft, name, segment)
    except Refusal as refusal:
        return page(request, "portal/segments/build.html", {**context, "error": refusal.sentence}, status=422)
    messages.success(request, _("The segment is saved."))
    return HttpResponseRedirect("/admin/segments/")


def _save(request: PersonRequest, draft: Draft, name: Text, segment: Segment | None) -> None:
    """Save; a condition without a value would let everybody in, so it is refused."""
    if not all(row.values for row in draft.rows):
        raise BadInput(_("A condition has no value: pick one, or take the condition away."), field="rule")
    kept = Text({tag: words for tag, words in name.items() if words})
    actions.save_segment(name=kept, rule=draft.rule, at=clock.now(), by_id=request.person.pk, segment=segment)
