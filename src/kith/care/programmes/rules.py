"""What a programme may say: its steps, settings and audience, made clean, each fault in one sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.care import fields
from kith.care.conditions import CONDITIONS
from kith.care.kindnesses import BRANCH, END, KINDNESSES, NAMES, WAIT
from kith.care.moments import MOMENTS
from kith.care.programmes.tree import SIDES, Node, befores, most, nodes, reached, size
from kith.kernel.refusals import BadInput
from kith.people.segments.models import Segment
from kith.people.segments.predicate import as_json, parse

HOURS = range(24)
MOST_STEPS = 30
DEEPEST = 3
OUTSIDE = {"attribute": "tie", "is": ["customer", "supplier", "partner", "dealer"]}
"""Whom a shop may care for."""


def clean_step(step: Mapping[str, Any], *, moment: str) -> dict[str, Any]:
    """Return a step as it is stored; `BadInput` for an unknown kindness or a wrong value. A question has both sides."""
    kindness = str(step.get("kindness", ""))
    if kindness not in KINDNESSES:
        raise BadInput(_("There is no kindness “%s”.") % kindness[:60], field="steps")
    allowed = (*NAMES, *MOMENTS.get(moment).placeholders)
    clean = {"kindness": kindness, **fields.clean(KINDNESSES.get(kindness).fields, step, placeholders=allowed)}
    if kindness == BRANCH:
        clean |= _asked(clean, step)
        clean |= {side: [clean_step(each, moment=moment) for each in step.get(side, ())] for side in SIDES}
    return clean


def _asked(clean: Mapping[str, Any], step: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule of the segment that is asked for, as it is now, or as it was where data brings it."""
    if clean["if"] != "segment":
        return {"segment": ""}
    if not clean["segment"] and "rule" in step:
        return {"rule": as_json(parse(step["rule"]))}
    segment = Segment.objects.filter(pk=clean["segment"] or 0).first()
    if segment is None:
        raise BadInput(_("Choose the segment that is asked for."), field="segment")
    return {"rule": segment.rule}


def clean_settings(settings: Mapping[str, Any], *, moment: str) -> dict[str, Any]:
    """Return the settings of a moment as they are stored."""
    if moment not in MOMENTS:
        raise BadInput(_("There is no moment “%s”.") % moment[:60], field="moment")
    return fields.clean(MOMENTS.get(moment).fields, settings)


def clean_rule(rule: Any, *, keeper: str) -> dict[str, Any]:
    """Return the audience's predicate; of what a shop keeps, only persons outside the house are in it."""
    known: dict[str, Any] = as_json(parse(rule))
    if keeper != "shop" or known == OUTSIDE or OUTSIDE in known.get("all", []):
        return known
    return as_json(parse({"all": [known, OUTSIDE]}))


def check_hour(hour: int) -> int:
    """Return a local hour; `BadInput` for what is none."""
    if hour not in HOURS:
        raise BadInput(_("The hour lies between 0 and 23."), field="hour")
    return hour


def check_whole(steps: Sequence[Mapping[str, Any]]) -> None:
    """Refuse what cannot be put to use; what passes is proven to end on every path, and each step to be come to."""
    laid = nodes(steps)
    if not {node.kindness for node in laid} - {WAIT, BRANCH, END}:
        raise BadInput(_("Add at least one step that does something for the person."), field="steps")
    check_size(steps)
    if len(reached(laid)) < len(laid):
        raise BadInput(_("Nothing comes after the end: move it last, or take away what follows."), field="steps")
    if most(laid, "offer-gift") > 1:
        raise BadInput(_("A programme offers one gift; take the other one away."), field="steps")
    if any(node.kindness == WAIT and node.yes is None for node in laid):
        raise BadInput(_("After the last wait nothing happens; add a step or take the wait away."), field="steps")
    _check_questions(laid)


def check_size(steps: Sequence[Mapping[str, Any]]) -> None:
    """Refuse too many steps, and questions inside of too many questions."""
    if size(steps) > MOST_STEPS:
        raise BadInput(_("A programme has at most %d steps.") % MOST_STEPS, field="steps")
    if any(node.kindness == BRANCH and node.depth >= DEEPEST for node in nodes(steps)):
        raise BadInput(_("A question stands inside of at most %d others.") % (DEEPEST - 1), field="steps")


def _check_questions(laid: Sequence[Node]) -> None:
    known = befores(laid, wait=WAIT)
    for node in laid:
        if node.kindness != BRANCH:
            continue
        condition = CONDITIONS.get(node.step["if"])
        values = {"question": condition.label}
        if not any(node.step[side] for side in SIDES):
            raise BadInput(_("“if %(question)s”: add a step on one side at least.") % values, field="steps")
        if condition.needs and not condition.needs & known[node.position].done:
            raise BadInput(_("“if %(question)s”: no step before could bring that.") % values, field="steps")
        if condition.needs and not condition.needs & known[node.position].settled:
            raise BadInput(_("“if %(question)s”: add a wait before, so that it can happen.") % values, field="steps")
