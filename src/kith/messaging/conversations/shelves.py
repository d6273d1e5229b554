"""The shelves of conversations: functions one may write to, who helps with what, and what a post can become."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person


@dataclass(frozen=True)
class Desk:
    """A function people write to. Those who hold one of `roles` (everywhere) serve it; `open_to` says who may write."""

    code: str
    label: StrOrPromise
    text: StrOrPromise
    roles: frozenset[str]
    customers: bool = False


class Helper(Protocol):
    """Somebody above who knows which matters a person answers for, beside their roles."""

    def matters(self, *, person_id: int, kinds: Collection[str]) -> Collection[Subject]:
        """Return the subjects of `kinds` (conversation, handover, report) that the person owes something on now."""
        ...


class Maker(Protocol):
    """What makes something of a post, in the open transaction; it may refuse."""

    def __call__(self, *, by: Person, author: Person, text: str, about: Subject, at: datetime) -> Subject:
        """Make it and return it. `about` is the post."""
        ...


@dataclass(frozen=True)
class Turn:
    """Something a post can become with one click: of one's `own` words, or of somebody else's."""

    label: StrOrPromise
    icon: str
    own: bool
    make: Maker


DESKS: Registry[Desk] = Registry("messaging.desks")
HELPERS: Registry[Helper] = Registry("messaging.helpers")
TURNS: Registry[Turn] = Registry("messaging.turns")

DESKS.put(
    "hr",
    Desk(
        "hr",
        _("Human resources"),
        _("Employment, leave, pay, family: only you and human resources read it."),
        frozenset({"hr"}),
    ),
)
DESKS.put(
    "support",
    Desk(
        "support",
        _("Service"),
        _("Orders, bills, products: only you and the service read it."),
        frozenset({"agent"}),
        customers=True,
    ),
)


def desks_of(roles: Collection[str]) -> frozenset[str]:
    """Return the codes of the desks that somebody with these roles serves."""
    return frozenset(code for code, desk in DESKS.items() if desk.roles & set(roles))
