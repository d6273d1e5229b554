"""Writes of segments."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.segments.compiler import compile_predicate
from kith.people.segments.models import Segment
from kith.people.segments.predicate import as_json, parse


def save_segment(
    *, name: Text, rule: Any, at: datetime, by_id: int | None, segment: Segment | None = None, code: str | None = None
) -> Segment:
    """Save a new segment, or the next version of `segment`; `BadInput` when the rule or name is wrong."""
    predicate = parse(rule)
    compile_predicate(predicate, day=at.date())
    if not any(words.strip() for words in name.values()):
        raise BadInput(_("Give the segment a name."), field="name")
    with transaction.atomic():
        if segment is None:
            return Segment.objects.create(
                name=name, rule=as_json(predicate), code=code, created_by_id=by_id, updated_at=at
            )
        kept = Segment.objects.select_for_update().get(pk=segment.pk)
        kept.name, kept.rule, kept.version, kept.updated_at = name, as_json(predicate), kept.version + 1, at
        kept.save(update_fields=["name", "rule", "version", "updated_at"])
        return kept
