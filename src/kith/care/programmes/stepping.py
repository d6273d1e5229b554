"""Writes of the steps of a draft: put, moved and taken away, inside of questions as well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.care.kindnesses import BRANCH
from kith.care.programmes import rules, tree
from kith.care.programmes.drafting import writing
from kith.care.programmes.models import ProgrammeVersion
from kith.kernel.refusals import BadInput


@dataclass(frozen=True)
class Side:
    """A side (“yes” or “no”) of the question at a place."""

    question: int
    side: str


def put_step(
    *, version: ProgrammeVersion, position: int | None, step: Mapping[str, Any], at: datetime, by_id: int,
    into: Side | None = None,
) -> ProgrammeVersion:  # fmt: skip
    """Write a step of a draft at `position`, or (None) behind the last one, of a side of a question with `into`."""
    with transaction.atomic():
        kept = writing(version)
        clean = rules.clean_step(step, moment=kept.programme.moment)
        if position is not None:
            _node(kept, position)
            steps = tree.put(kept.steps, position, clean)
        elif into is not None:
            if _node(kept, into.question).kindness != BRANCH or into.side not in tree.SIDES:
                raise BadInput(_("There is no such step."), field="steps")
            steps = tree.append(kept.steps, clean, into=into.question, side=into.side)
        else:
            steps = [*kept.steps, clean]
        return _keep(kept, steps, at=at, by_id=by_id)


def move_step(*, version: ProgrammeVersion, position: int, by: int, at: datetime, by_id: int) -> ProgrammeVersion:
    """Move a step of a draft one place up (-1) or down (1) on its side, or take it away (0) with what is inside."""
    with transaction.atomic():
        kept = writing(version)
        _node(kept, position)
        steps = tree.move(kept.steps, position, by) if by else tree.take(kept.steps, position)
        return _keep(kept, steps, at=at, by_id=by_id)


def _node(kept: ProgrammeVersion, position: int) -> tree.Node:
    laid = tree.nodes(kept.steps)
    if position not in range(len(laid)):
        raise BadInput(_("There is no such step."), field="steps")
    return laid[position]


def _keep(kept: ProgrammeVersion, steps: list[dict[str, Any]], *, at: datetime, by_id: int) -> ProgrammeVersion:
    rules.check_size(steps)
    kept.steps, kept.drafted_by_id, kept.drafted_at = steps, by_id, at
    kept.save(update_fields=["steps", "drafted_by_id", "drafted_at"])
    return kept
