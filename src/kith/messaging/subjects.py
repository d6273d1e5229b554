"""The kinds of subject that messaging owns."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import get_language

from kith.kernel.subjects import SUBJECTS, Described
from kith.messaging.deliveries.queries import visible_to


class Messages:
    """Messages, seen by those they were delivered to."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return title and address of the person's own messages."""
        if person_id is None:
            return {}
        rows = visible_to(person_id=person_id).filter(message_id__in=ids)
        language = get_language() or "en"
        return {
            row.message_id: Described(
                row.message.title.in_language(language), reverse("message", args=[row.message.public_id])
            )
            for row in rows
        }


SUBJECTS.put("message", Messages())
