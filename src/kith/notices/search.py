"""What the one search finds of notices: for those they were delivered to."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kith.notices.publishing.models import Notice, NoticeState
from kith.notices.publishing.queries import delivered_to
from kith.portal.search.sources import SOURCES, Indexed


class NoticeSearch:
    """Notices as the search sees them."""

    kind = "notice"
    label = _("Notices")

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        """Yield published notices."""
        found = Notice.objects.filter(state=NoticeState.PUBLISHED)
        for notice in found if ids is None else found.filter(pk__in=ids):
            yield Indexed(subject_id=notice.pk, title=notice.title, body=notice.body)

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int]:
        """Return those that were delivered to the person."""
        if person_id is None:
            return set()
        return set(delivered_to(person_id=person_id).filter(pk__in=ids).values_list("pk", flat=True))


SOURCES.put("notice", NoticeSearch())
