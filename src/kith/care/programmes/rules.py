"""What a programme may say: its steps, settings and audience, made clean, each fault in one sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.care import fields
from kith.care.kindnesses import END, KINDNESSES, NAMES, WAIT
from kith.care.moments import MOMENTS
from kith.kernel.refusals import BadInput
from kith.people.segments.predicate import as_json, parse

HOURS = range(24)
MOST_STEPS = 30
OUTSIDE = {"attribute": "tie", "is": ["customer", "supplier", "partner", "dealer"]}
"""Whom a shop may care for."""


def clean_step(step: Mapping[str, Any], *, moment: str) -> dict[str, Any]:
    """Return a step as it is stored; `BadInput` for an unknown kindness or a wrong value."""
    kindness = str(step.get("kindness", ""))
    if kindness not in KINDNESSES:
        raise BadInput(_("There is no kindness “%s”.") % kindness[:60], field="steps")
    allowed = (*NAMES, *MOMENTS.get(moment).placeholders)
    return {"kindness": kindness, **fields.clean(KINDNESSES.get(kindness).fields, step, placeholders=allowed)}


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
    """Refuse what cannot be put to use: nothing is done, gifts are offered twice, a wait or an end leads nowhere."""
    kinds = [step["kindness"] for step in steps]
    if not set(kinds) - {WAIT, END}:
        raise BadInput(_("Add at least one step that does something for the person."), field="steps")
    if len(kinds) > MOST_STEPS:
        raise BadInput(_("A programme has at most %d steps.") % MOST_STEPS, field="steps")
    if kinds.count("offer-gift") > 1:
        raise BadInput(_("A programme offers one gift; take the other one away."), field="steps")
    if END in kinds[:-1]:
        raise BadInput(_("Nothing comes after the end: move it last, or take away what follows."), field="steps")
    if kinds[-1] == WAIT:
        raise BadInput(_("After the last wait nothing happens; add a step or take the wait away."), field="steps")
