"""Reads of batches: what they did."""

from collections.abc import Collection

from django.db.models import Model

from kith.kernel.imports.models import ImportedRow, RowAction
from kith.kernel.imports.staging import model_label


def written(*, batch_ids: Collection[int], model: type[Model], action: RowAction | None = None) -> set[int]:
    """Return the ids of the rows of `model` that the batches made or changed, or did `action` to."""
    rows = ImportedRow.objects.filter(batch_id__in=batch_ids, model=model_label(model))
    if action is not None:
        rows = rows.filter(action=action)
    return set(rows.values_list("object_id", flat=True))
