"""How promises are called where others name them: `promise`."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from kith.kernel.subjects import SUBJECTS, Described
from kith.promises.commitments.models import Promise
from kith.promises.commitments.showing import kind_label, page_of


class Promises:
    """Promises are known to whoever owns, owned or awaits them."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return kind and page."""
        if person_id is None:
            return {}
        mine = Q(waiting_person_id=person_id) | Q(escalated_to_id=person_id) | Q(chain__contains=[person_id])
        rows = Promise.objects.filter(mine, pk__in=ids)
        return {row.pk: Described(kind_label(row.kind), page_of(row)) for row in rows}


SUBJECTS.put("promise", Promises())
