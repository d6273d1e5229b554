"""A rule book in memory, and the one that holds where nobody laid down another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.kernel.refusals import BadInput
from kith.notices.severities import Severity

MAX_STEPS, MAX_WAIT = 10, 60 * 24 * 14


class StepKind(models.TextChoices):
    """Whom a step of the ladder goes to."""

    CHANNELS = "channels", lazy("The people themselves again, by their other channels")
    MANAGER = "manager", lazy("Line managers, each with the list of their own people")
    DEPUTY = "deputy", lazy("The line managers' deputies as well")
    DUTY = "duty", lazy("Those on duty for notices, with everybody still outstanding")


@dataclass(frozen=True)
class Step:
    """A step of the ladder. `wait`: minutes after the step before (the first: after the due time)."""

    do: StepKind
    wait: int
    duty: str = "notices"


@dataclass(frozen=True)
class Book:
    """What holds for notices. Version 0 is the one of the house."""

    version: int
    urgent_quota: int
    urgent_days: int
    translated_from: str
    enough_percent: int
    steps: tuple[Step, ...]


DEFAULT = Book(
    version=0,
    urgent_quota=3,
    urgent_days=30,
    translated_from=Severity.URGENT,
    enough_percent=100,
    steps=(
        Step(StepKind.CHANNELS, 0),
        Step(StepKind.MANAGER, 0),
        Step(StepKind.DEPUTY, 150),
        Step(StepKind.DUTY, 120),
    ),
)


def steps_of(ladder: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return the steps of a ladder as it is stored; `BadInput` for what is none."""
    if len(ladder) > MAX_STEPS:
        raise BadInput(_("A ladder has at most %d steps.") % MAX_STEPS, field="ladder")
    steps = []
    for each in ladder:
        kind, wait = each.get("do"), each.get("wait")
        if kind not in StepKind.values or not isinstance(wait, int) or not 0 <= wait <= MAX_WAIT:
            raise BadInput(_("A step says whom it goes to and waits between 0 minutes and two weeks."), field="ladder")
        steps.append(Step(StepKind(kind), wait, str(each.get("duty") or "notices")[:60]))
    return tuple(steps)


def as_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return a ladder as it is stored."""
    return [{"do": step.do.value, "wait": step.wait, "duty": step.duty} for step in steps]
