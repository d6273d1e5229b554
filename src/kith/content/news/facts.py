"""What news tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"news_id": "news"})
@dataclass(frozen=True)
class NewsReleased:
    """A version of a piece of news was released to its audience."""

    news_id: int
    version: int


@fact(about={"news_id": "news"})
@dataclass(frozen=True)
class NewsWithdrawn:
    """A piece of news is read by nobody any more."""

    news_id: int
