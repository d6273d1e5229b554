"""The tables of content."""

from kith.content.news.models import News, NewsText

__all__ = ["News", "NewsText"]
