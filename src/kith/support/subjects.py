"""The kinds of subject that support owns."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from kith.kernel.subjects import SUBJECTS, Described
from kith.support.requests.queries import KIND, visible_to


class Requests:
    """Requests, seen by who asked and who owes the answer."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return title and page."""
        rows = visible_to(person_id=person_id).filter(pk__in=ids)
        return {row.pk: Described(row.title, reverse("request", args=[row.public_id])) for row in rows}


SUBJECTS.put(KIND, Requests())
