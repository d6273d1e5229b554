"""The shelf of automatic acts: what is done without anybody's hand, and how it is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text


@dataclass(frozen=True)
class ActRow:
    """One act: when it was done, in which words it is known (nobody's name), and where it can be seen.

    `about` is shown to readers who may know it. Only holders of `roles` may open the link; none: every reader may.
    """

    at: datetime
    label: Text
    link: str
    about: Subject | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AutomaticAct:
    """An act: its code (`<capability>.<what>`), its words, and the minutes it saves until somebody says otherwise.

    `count` counts the acts from `since` to before `until` in one query; `rows` are the newest of them, at most `limit`.
    """

    code: str
    label: StrOrPromise
    minutes: Decimal
    count: Callable[[datetime, datetime], int]
    rows: Callable[[datetime, datetime, int], Sequence[ActRow]]


ACTS: Registry[AutomaticAct] = Registry("insight.acts")


def put(act: AutomaticAct) -> AutomaticAct:
    """Put an act on the shelf under its own code."""
    return ACTS.put(act.code, act)
