"""The shelf of kinds of promises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.kernel.subjects import Subject
from kith.promises.duty.shelf import GENERAL


@dataclass(frozen=True)
class PromiseKind:
    """A kind of promise.

    `link` gives the address where the owner keeps it (None: the page of its subject). `within` is the usual time in
    working hours, `pace` how much working time passes between two steps of escalation. `quiet`: whoever waits is not
    told each time it changes hands. What is not `withdrawable` ends by being kept, never by a word. One of a kind
    `by_hand` can be promised, asked for and kept by anybody on a screen of promises.
    """

    code: str
    label: StrOrPromise
    duty_role: str = GENERAL
    link: Callable[[Subject], str] | None = None
    within: timedelta | None = None
    pace: timedelta = timedelta(hours=8)
    quiet: bool = False
    withdrawable: bool = True
    by_hand: bool = False


KINDS: Registry[PromiseKind] = Registry("promises.kinds")
