"""Reads of errands: those one owes, or owed."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kith.care.errands.models import Errand
from kith.kernel.refusals import NotFound
from kith.promises.commitments.models import Promise, State

KIND = "errand"
KINDS = ("care-call", "care-task")


def visible_to(*, person_id: int) -> QuerySet[Errand]:
    """Return the errands a person owes, owed, or was told of when they were late."""
    mine = Q(owner_id=person_id) | Q(escalated_to_id=person_id) | Q(chain__contains=[person_id])
    seen = Promise.objects.filter(mine, kind__in=KINDS).values("pk")
    return Errand.objects.filter(promise_id__in=seen).select_related("person")


def promise_of(errand: Errand) -> Promise:
    """Return what is owed for an errand."""
    found = Promise.objects.filter(pk=errand.promise_id or 0).select_related("owner").first()
    if found is None:
        raise NotFound(_("There is no such task for you."))
    return found


def done_for(*, run_ids: Collection[int], before: int, kinds: Collection[str]) -> set[int]:
    """Return the runs of which the last errand of these kinds before a position was done."""
    rows = Errand.objects.filter(run_id__in=run_ids, position__lt=before, promise_id__isnull=False)
    asked = {row.run_id: row.promise_id for row in rows.order_by("run_id", "position")}
    kept = Promise.objects.filter(pk__in=list(asked.values()), kind__in=kinds, state=State.KEPT)
    done = set(kept.values_list("pk", flat=True))
    return {run_id for run_id, promise_id in asked.items() if promise_id in done}
