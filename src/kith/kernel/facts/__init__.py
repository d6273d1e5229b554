"""Facts: what happened, kept for ever, told once to each listener, numbered in the order of commits."""

from kith.kernel.facts.declared import FACTS, LISTENERS, Listener, Told, fact, listens
from kith.kernel.facts.publishing import publish

__all__ = ["FACTS", "LISTENERS", "Listener", "Told", "fact", "listens", "publish"]
