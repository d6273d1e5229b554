"""Reads of batches: the door to them."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kith.kernel.imports.models import ImportBatch
from kith.kernel.refusals import NotFound
from kith.portal.imports.rules import importable


def visible_to(roles: AbstractSet[str]) -> QuerySet[ImportBatch]:
    """Return the batches of the kinds that somebody with `roles` may import, the latest first."""
    return ImportBatch.objects.filter(kind__in=[kind.name for kind in importable(roles)]).order_by("-at", "-id")


def batch_for(roles: AbstractSet[str], public_id: UUID) -> ImportBatch:
    """Return one of them; `NotFound` whether it is not there or not to be seen."""
    batch = visible_to(roles).filter(public_id=public_id).first()
    if batch is None:
        raise NotFound(_("There is no such import."))
    return batch
