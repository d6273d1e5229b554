"""The tables of insight."""

from kith.insight.labour.models import MinuteValue
from kith.insight.measures.models import Snapshot

__all__ = ["MinuteValue", "Snapshot"]
