"""The kinds of subject that notices own."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import get_language

from kith.kernel.subjects import SUBJECTS, Described
from kith.notices.publishing.queries import delivered_to


class Notices:
    """Notices, seen by those they were delivered to."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return title and address of the person's own notices."""
        if person_id is None:
            return {}
        language = get_language() or "en"
        rows = delivered_to(person_id=person_id).select_related("message").filter(pk__in=ids)
        return {
            row.pk: Described(row.title.in_language(language), reverse("message", args=[row.message.public_id]))
            for row in rows
            if row.message
        }


SUBJECTS.put("notice", Notices())
