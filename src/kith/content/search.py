"""What the one search finds of news: for those in their audience."""

from collections.abc import Collection, Iterator

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kith.content.news.models import NewsText
from kith.content.news.queries import readable_ids, released
from kith.kernel import clock
from kith.kernel.texts import Text
from kith.portal.search.sources import SOURCES, Indexed

AT_ONCE = 500


class NewsSearch:
    """News as the search sees them."""

    kind = "news"
    label = _("News")

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        """Yield released news."""
        found = released() if ids is None else released().filter(pk__in=ids)
        keys = list(found.values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            yield from self._some(keys[start : start + AT_ONCE])

    def _some(self, keys: list[int]) -> Iterator[Indexed]:
        title: dict[int, Text] = {key: Text() for key in keys}
        body: dict[int, Text] = {key: Text() for key in keys}
        for text in NewsText.objects.filter(news__in=keys, version=F("news__version")):
            title[text.news_id][text.language], body[text.news_id][text.language] = text.title, text.body
        for key in keys:
            yield Indexed(subject_id=key, title=title[key], body=body[key])

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int]:
        """Return those the person is in the audience of."""
        if person_id is None:
            return set()
        return readable_ids(person_id=person_id, day=clock.now().date(), ids=ids)


SOURCES.put("news", NewsSearch())
