"""The measures of ideas, for the board of the house."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kith.insight.measures.shelf import Better, Measure, MeasureValue, put
from kith.voice.ideas.numbers import Numbers, numbers


def _value(figure: Callable[[Numbers], tuple[Decimal | None, int]]) -> Callable[[datetime], MeasureValue]:
    def look(at: datetime) -> MeasureValue:
        value, base = figure(numbers(at=at))
        return MeasureValue(value, base=base)

    return look


for _measure in (
    Measure(
        "voice.in-time", _("Ideas answered in time"), "%",
        _("Of the ideas of the last year whose answer was due or given, the share answered before its due time."),
        _value(lambda found: (found.in_time_share, found.due)), decimals=1,
    ),
    Measure(
        "voice.median-days", _("Days until an idea is answered"), _("days"),
        _("Half of the answered ideas of the last year waited less, half waited longer."),
        _value(lambda found: (found.median_days, found.answered)), better=Better.LOWER, decimals=1,
    ),
    Measure(
        "voice.accepted", _("Ideas accepted"), "%",
        _("Of the answered ideas of the last year, the share to which we said yes."),
        _value(lambda found: (found.accepted_share, found.answered)), better=Better.NEITHER, decimals=1,
    ),
    Measure(
        "voice.done", _("Ideas put into practice"), "%",
        _("Of the answered ideas of the last year, the share that was put into practice."),
        _value(lambda found: (found.done_share, found.answered)), decimals=1,
    ),
    Measure(
        "voice.confirmed", _("Answers that authors confirmed"), "%",
        _("Of the authors of the last year who said whether the answer is one, the share who said yes."),
        _value(lambda found: (found.confirmed_share, found.said)), decimals=1,
    ),
):  # fmt: skip
    put(_measure)
