"""What content does when something happened: the search learns of released and withdrawn news."""

from collections.abc import Sequence

from kith.content.news.facts import NewsReleased, NewsWithdrawn
from kith.kernel.facts import Told, listens
from kith.portal.search.actions import reindex


@listens(NewsReleased, name="content.index-released")
def released(told: Sequence[Told[NewsReleased]]) -> None:
    """Index what was released."""
    reindex(kind="news", ids={each.fact.news_id for each in told})


@listens(NewsWithdrawn, name="content.drop-withdrawn")
def withdrawn(told: Sequence[Told[NewsWithdrawn]]) -> None:
    """Drop what was withdrawn."""
    reindex(kind="news", ids={each.fact.news_id for each in told})
