"""What the one search finds of ideas."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.portal.search.sources import SOURCES, Indexed
from kith.voice.ideas.models import Idea


class IdeaSearch:
    """Ideas as the search sees them."""

    kind = "idea"
    label = _("Ideas")

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        """Yield ideas with their answers; those without a name are in no index."""
        rows = Idea.objects.filter(author__isnull=False).order_by("id")
        for row in (rows if ids is None else rows.filter(pk__in=ids)).iterator(chunk_size=1000):
            yield Indexed(subject_id=row.pk, title=Text(en=row.title), body=Text(en=f"{row.text} {row.answer}"))

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int] | None:
        """Return None: ideas are described to those who may read them, and to nobody else."""
        del person_id, ids
        return None


SOURCES.put("idea", IdeaSearch())
