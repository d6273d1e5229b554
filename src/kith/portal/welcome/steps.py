"""The shelf of steps from nothing to a working organization."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Step:
    """One step: its name, why it is asked, and the rows whose existence says that it is done.

    `url` is where it is done ("": a page of the set-up itself). `before_anyone`: it is asked by the set-up
    address, before anybody can sign in. `optional` ones may be done without. `order` sorts them.
    """

    label: StrOrPromise
    lead: StrOrPromise
    done: Callable[[], QuerySet[Any]]
    order: int
    url: str = ""
    before_anyone: bool = False
    optional: bool = True


STEPS: Registry[Step] = Registry("portal.welcome_steps")


def in_order() -> list[tuple[str, Step]]:
    """Return the steps in their order."""
    return sorted(STEPS.items(), key=lambda pair: (pair[1].order, pair[0]))
