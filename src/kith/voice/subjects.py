"""The kinds of subject that voice owns."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described
from kith.voice.ideas.queries import visible_to


class Ideas:
    """Ideas, read by employees and their authors."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return title and page."""
        rows = visible_to(person_id=person_id, day=clock.now().date()).filter(pk__in=ids)
        return {row.pk: Described(row.title, reverse("idea", args=[row.public_id])) for row in rows}


SUBJECTS.put("idea", Ideas())
