"""Writes of measures: the day's figures are looked at and kept."""

import logging
from datetime import datetime

from django.db import transaction

from kith.insight.measures.models import Snapshot
from kith.insight.measures.shelf import MEASURES, Measure

_log = logging.getLogger("kith.insight")


def measure_all(*, at: datetime) -> int:
    """Look at every measure and keep its figure for the day of `at`; return how many could be measured.

    A later look on the same day replaces the figure. A measure that fails is reported and left out; the others count.
    """
    return sum(_measure(measure, at=at) for measure in MEASURES)


def _measure(measure: Measure, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            found = measure.value(at)
            Snapshot.objects.update_or_create(
                code=measure.code, day=at.date(), defaults={"value": found.value, "base": found.base, "at": at}
            )
    except Exception:  # noqa: BLE001  (whatever one measure raises, the others are still looked at)
        _log.exception("measure %s failed", measure.code)
        return False
    return True
