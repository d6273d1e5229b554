"""The shelves of duties: which there are, and who holds one that nobody else holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry

GENERAL = "general"


@dataclass(frozen=True)
class Duty:
    """A duty by its code, with the words people know it by."""

    code: str
    label: StrOrPromise


class LastResort(Protocol):
    """Somebody who answers for a duty without holders."""

    def person_ids(self, *, at: datetime) -> Sequence[int]:
        """Return the persons, first to last; they need not be in service."""
        ...


DUTIES: Registry[Duty] = Registry("promises.duties")
LAST_RESORTS: Registry[LastResort] = Registry("promises.last-resorts")

DUTIES.put(GENERAL, Duty(GENERAL, _("General duty")))


def label_of(code: str) -> StrOrPromise:
    """Return the words for a duty, its code where nobody gave it any."""
    return DUTIES.get(code).label if code in DUTIES else code
