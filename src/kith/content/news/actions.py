"""Writes of news: write, release, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.content.news.facts import NewsReleased, NewsWithdrawn
from kith.content.news.models import News, NewsState, NewsText
from kith.kernel.facts import publish
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments.models import Segment

LONGEST_TITLE = 200
LONGEST_BODY = 20_000


def _checked(title: Text, body: Text) -> list[tuple[str, str, str]]:
    """Return (language, title, body) of what is written whole; refuse halves, nothing at all, and what is too long."""
    rows = []
    for tag in OUR_LANGUAGES:
        words, text = title.get(tag, "").strip(), body.get(tag, "").strip()
        if bool(words) != bool(text):
            field = f"body_{tag}" if words else f"title_{tag}"
            raise BadInput(_("A language has a title and a text, or neither."), field=field)
        if len(words) > LONGEST_TITLE or len(text) > LONGEST_BODY or "\0" in words + text:
            raise BadInput(_("Write 1 to %d characters.") % LONGEST_BODY, field=f"body_{tag}")
        if words:
            rows.append((tag, words, text))
    if not rows:
        raise BadInput(_("Write a title and a text."), field="title_en")
    return rows


def write(*, author: Person, title: Text, body: Text, segment: Segment, at: datetime, news: News | None = None) -> News:
    """Keep what is being written: a new item, or the next version of `news`; readers see nothing of it yet."""
    rows = _checked(title, body)
    with transaction.atomic():
        if news is None:
            kept = News.objects.create(author=author, segment=segment, created_at=at)
        else:
            kept = News.objects.select_for_update().get(pk=news.pk)
            if kept.state == NewsState.WITHDRAWN:
                raise Refusal(_("This was withdrawn."))
            kept.segment = segment
            kept.save(update_fields=["segment"])
        number = kept.version + 1
        kept.texts.filter(version=number).delete()
        NewsText.objects.bulk_create(
            NewsText(news=kept, version=number, language=tag, title=words, body=text) for tag, words, text in rows
        )
    return kept


def release(*, news: News, by: Person, at: datetime) -> News:
    """Release what is being written to the segment as it is now; the version before it is kept, and read no more."""
    with transaction.atomic():
        kept = News.objects.select_for_update(of=("self",)).select_related("segment").get(pk=news.pk)
        if kept.state == NewsState.WITHDRAWN:
            raise Refusal(_("This was withdrawn."))
        number = kept.version + 1
        if not kept.texts.filter(version=number).update(released_at=at, released_by=by):
            raise Refusal(_("There is no new text to release."))
        kept.state, kept.version, kept.rule = NewsState.RELEASED, number, kept.segment.rule
        kept.released_at = kept.released_at or at
        kept.save(update_fields=["state", "version", "rule", "released_at"])
        publish(NewsReleased(news_id=kept.pk, version=number), at=at, by_id=by.pk)
    return kept


def withdraw(*, news: News, by: Person, at: datetime) -> News:
    """Take released news back; a second time changes nothing."""
    with transaction.atomic():
        kept = News.objects.select_for_update().get(pk=news.pk)
        if kept.state == NewsState.DRAFT:
            raise Refusal(_("This is not released yet."))
        if kept.state == NewsState.RELEASED:
            kept.state, kept.withdrawn_at = NewsState.WITHDRAWN, at
            kept.save(update_fields=["state", "withdrawn_at"])
            publish(NewsWithdrawn(news_id=kept.pk), at=at, by_id=by.pk)
    return kept
