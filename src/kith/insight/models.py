"""The tables of insight."""

from kith.insight.measures.models import Snapshot

__all__ = ["Snapshot"]
