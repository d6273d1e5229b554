"""The shelf of measures: every floor above, and the engine for the floors below, puts its figures here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


class Better(StrEnum):
    """Which way a figure should go."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class MeasureValue:
    """A figure at an instant. `value` None: there was nothing to measure; `base` is how many things it rests on."""

    value: Decimal | None
    base: int = 0


@dataclass(frozen=True)
class Measure:
    """A figure: its code (`<capability>.<what>`), its words, its unit in words, a sentence on how it is counted.

    `value` looks at the instant `at` and asks no clock. `decimals` are shown; `goal` is drawn into the chart.
    """

    code: str
    label: StrOrPromise
    unit: StrOrPromise
    explain: StrOrPromise
    value: Callable[[datetime], MeasureValue]
    better: Better = Better.HIGHER
    decimals: int = 0
    goal: Decimal | None = None


MEASURES: Registry[Measure] = Registry("insight.measures")


def put(measure: Measure) -> Measure:
    """Put a measure on the shelf under its own code."""
    return MEASURES.put(measure.code, measure)
