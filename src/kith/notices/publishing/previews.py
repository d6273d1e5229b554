"""What a writer sees before publishing: who is reached, who is just outside, and how a given person sees it."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from kith.kernel.refusals import Refusal
from kith.messaging.deliveries.rendering import render_text
from kith.notices.matters import queries as matters
from kith.notices.publishing.models import Notice
from kith.people.persons.models import Person
from kith.people.segments import queries as segments
from kith.people.segments.models import Segment

SHOWN = 5


def rule_in_force(notice: Notice) -> Any:
    """Return the rule of a notice's audience: its own, else its segment's; None where nobody chose one yet."""
    return notice.rule or (notice.segment.rule if notice.segment else None)


def of_matter(matter: dict[str, Any], *, day: date) -> dict[str, object]:
    """Return whom a stated matter reaches; the sentence of the first thing that is wrong, where something is."""
    try:
        found = matters.concerned(matter, day=day)
    except Refusal as refusal:
        return {"rule": None, "problem": refusal.sentence}
    return {
        **of_rule(found.rule, day=day),
        "rule": matters.sentence(matter),
        "outside": [(miss.person, miss.why) for miss in matters.outside(matter, day=day, limit=SHOWN)],
        "unknown": found.unknown,
    }


def of_segment(segment: Segment | None, *, day: date) -> dict[str, object]:
    """Return whom a segment reaches."""
    if segment is None:
        return {"rule": None, "problem": ""}
    missing = segments.just_outside(rule=segment.rule, day=day, limit=SHOWN)
    return {
        **of_rule(segment.rule, day=day),
        "rule": segments.describe(rule=segment.rule),
        "outside": [(miss.person, miss.missing) for miss in missing],
    }


def of_rule(rule: Any, *, day: date) -> dict[str, object]:
    """Return how many a rule reaches, and the first of them by name."""
    return {
        "number": segments.count(rule=rule, day=day),
        "inside": segments.preview(rule=rule, day=day, limit=SHOWN),
        "outside": [],
        "unknown": (),
        "problem": "",
    }


def as_seen(request: HttpRequest, notice: Notice, *, day: date) -> dict[str, object]:
    """Return the notice as a given person would see it (by name or mailbox), and whether it reaches them."""
    asked = request.GET.get("as", "").strip().replace("\0", "")
    rule = rule_in_force(notice)
    if not asked or rule is None:
        return {"asked": asked, "seen": None}
    person = Person.objects.filter(full_name__icontains=asked, deactivated_at=None).order_by("sort_key").first()
    if person is None:
        return {"asked": asked, "seen": None, "nobody": True}
    return {
        "asked": asked,
        "seen": render_text(title=notice.title, body=notice.body, version=notice.version, language=person.language),
        "person": person,
        "reasons": segments.explain(rule=rule, person_id=person.pk, day=day),
        "reached": segments.contains(rule=rule, person_id=person.pk, day=day),
    }
