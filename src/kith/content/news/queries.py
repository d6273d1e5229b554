"""Reads of news: what a person may read, in their language, and what writers work on."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from kith.content.news.models import News, NewsState, NewsText
from kith.content.news.rules import may_write
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.texts import Text
from kith.people.segments.queries import matching

NEWEST = 200
"""How many of the newest released items a list looks at."""


@dataclass(frozen=True)
class Shown:
    """A piece of news as one reader sees it."""

    news: News
    language: str
    title: str
    body: str

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs."""
        return [part.strip() for part in self.body.split("\n\n") if part.strip()]


def released() -> QuerySet[News]:
    """Return released news, newest first."""
    return News.objects.filter(state=NewsState.RELEASED).order_by("-released_at", "-id")


def _for_person(rows: Iterable[tuple[int, Any]], *, person_id: int, day: date) -> set[int]:
    """Return the keys whose rule the person is in; equal rules are asked once, all in one query."""
    keys: dict[str, list[int]] = {}
    rules: dict[str, Any] = {}
    for key, rule in rows:
        stored = json.dumps(rule, sort_keys=True)
        keys.setdefault(stored, []).append(key)
        rules[stored] = rule
    numbered = dict(enumerate(rules))
    inside = matching(rules={n: rules[stored] for n, stored in numbered.items()}, person_id=person_id, day=day)
    return {key for n in inside for key in keys[numbered[n]]}


def readable_ids(*, person_id: int, day: date, ids: Collection[int] | None = None) -> set[int]:
    """Return which released news a person may read: of `ids`, or (None) of the newest 200. Two queries."""
    found = released() if ids is None else released().filter(pk__in=ids)
    rows = list(found.values_list("pk", "rule")[: NEWEST if ids is None else None])
    return _for_person(rows, person_id=person_id, day=day) if rows else set()


def visible_to(*, person_id: int | None, day: date, ids: Collection[int] | None = None) -> QuerySet[News]:
    """Return the released news a person is in the audience of, newest first; visitors read none."""
    if person_id is None:
        return News.objects.none()
    return released().filter(pk__in=readable_ids(person_id=person_id, day=day, ids=ids))


def one_for(*, public_id: UUID, person_id: int, day: date) -> News | None:
    """Return released news by its address, None where there is none for this person. Three queries."""
    ids = list(released().filter(public_id=public_id).values_list("pk", flat=True))
    return visible_to(person_id=person_id, day=day, ids=ids).first() if ids else None


def written(*, roles: frozenset[str]) -> QuerySet[News]:
    """Return all news for those who write them, newest first; none for others."""
    found = News.objects.select_related("author", "segment").order_by("-id")
    return found if may_write(roles) else found.none()


def shown(news: Iterable[News], *, language: str) -> list[Shown]:
    """Return released news in the same order for a reader of `language`, by the fallback chain. One query."""
    rows = list(news)
    texts = NewsText.objects.filter(news__in=[row.pk for row in rows], version=F("news__version"))
    titles: dict[int, Text] = {row.pk: Text() for row in rows}
    bodies: dict[int, Text] = {row.pk: Text() for row in rows}
    for text in texts:
        titles[text.news_id][text.language], bodies[text.news_id][text.language] = text.title, text.body
    found = []
    for row in rows:
        chosen = titles[row.pk].language_for(language)
        found.append(Shown(row, chosen, titles[row.pk].get(chosen, ""), bodies[row.pk].get(chosen, "")))
    return found


def titles(news: Iterable[News]) -> dict[int, Text]:
    """Return the titles of news by key and language, of the text being written where there is one. One query."""
    rows = list(news)
    found: dict[int, Text] = {row.pk: Text() for row in rows}
    for text in NewsText.objects.filter(news__in=[row.pk for row in rows]).order_by("version"):
        found[text.news_id][text.language] = text.title
    return found


def text_of(news: News, *, version: int) -> tuple[Text, Text]:
    """Return title and body of a version by language."""
    rows = news.texts.filter(version=version)
    return Text({row.language: row.title for row in rows}), Text({row.language: row.body for row in rows})


def being_written(news: News) -> tuple[Text, Text]:
    """Return title and body of the next version, or of the released one where nobody writes a next."""
    next_title, next_body = text_of(news, version=news.version + 1)
    return (next_title, next_body) if next_title else text_of(news, version=news.version)


def has_draft(news: News) -> bool:
    """Say whether a text waits to be released."""
    return news.texts.filter(version=news.version + 1).exists()


def missing_languages(news: News) -> list[str]:
    """Return our languages without a text in what is being written."""
    title, _body = being_written(news)
    return [tag for tag in OUR_LANGUAGES if tag not in title]


def newest_for(*, person_id: int, day: date, since: datetime, limit: int) -> list[News]:
    """Return the newest news since an instant that a person may read; at most two queries."""
    rows = list(released().filter(released_at__gte=since)[:NEWEST])
    inside = _for_person(((row.pk, row.rule) for row in rows), person_id=person_id, day=day) if rows else set()
    return [row for row in rows if row.pk in inside][:limit]
