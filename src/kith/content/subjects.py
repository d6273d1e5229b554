"""The kinds of subject that content owns."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import get_language

from kith.content.news.queries import shown, visible_to
from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described


class NewsItems:
    """News, seen by those in their audience."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return title and page."""
        rows = visible_to(person_id=person_id, day=clock.now().date(), ids=ids)
        return {
            row.news.pk: Described(row.title, reverse("news-one", args=[row.news.public_id]))
            for row in shown(rows, language=get_language() or "en")
        }


SUBJECTS.put("news", NewsItems())
