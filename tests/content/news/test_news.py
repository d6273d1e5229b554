from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.content.home import FreshNews
from kith.content.news import actions, queries
from kith.content.news.models import News, NewsState, NewsText
from kith.content.search import NewsSearch
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.portal.search.queries import search
from tests.access import make as access
from tests.content import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)


def test_nobody_reads_what_is_not_released_and_only_the_audience_what_is() -> None:
    anna, lan, customer = people.employee("Anna"), people.employee("Lan"), people.customer()
    news = make.written(anna)
    assert not queries.visible_to(person_id=lan.pk, day=DAY).exists()
    actions.release(news=news, by=anna, at=AT)
    assert list(queries.visible_to(person_id=lan.pk, day=DAY)) == [news]
    assert not queries.visible_to(person_id=customer.pk, day=DAY).exists()
    assert not queries.visible_to(person_id=None, day=DAY).exists()


def test_a_reader_gets_their_own_language_and_the_next_version_only_once_released() -> None:
    anna = people.employee("Anna")
    news = make.released(anna)
    assert queries.shown([news], language="vi")[0].title == "Chuyền mới"
    actions.write(
        author=anna, title=Text(en="Two lines"), body=Text(en="Both."), segment=news.segment, at=AT, news=news
    )
    news.refresh_from_db()
    assert queries.shown([news], language="en")[0].title == "A new line"
    news = actions.release(news=news, by=anna, at=AT + timedelta(hours=1))
    assert (news.version, news.released_at) == (2, AT)
    shown = queries.shown([news], language="vi")[0]
    assert (shown.language, shown.title, shown.paragraphs) == ("en", "Two lines", ["Both."])
    assert NewsText.objects.filter(news=news, version=1, released_at=AT).count() == 3


def test_the_audience_is_that_of_the_release() -> None:
    anna, customer = people.employee("Anna"), people.customer()
    news = make.released(anna)
    news.segment.rule = make.CUSTOMERS
    news.segment.save()
    assert not queries.visible_to(person_id=customer.pk, day=DAY).exists()


def test_halves_and_nothing_are_refused_and_nothing_new_is_not_released() -> None:
    anna = people.employee("Anna")
    with pytest.raises(BadInput) as half:
        make.written(anna, title=Text(en="Title"), body=Text(vi="Chữ"))
    assert half.value.field == "body_en"
    with pytest.raises(BadInput):
        make.written(anna, title=Text(), body=Text())
    assert News.objects.count() == 0
    news = make.released(anna)
    with pytest.raises(Refusal, match="no new text"):
        actions.release(news=news, by=anna, at=AT)


def test_withdrawn_news_are_read_and_found_by_nobody() -> None:
    anna, lan = people.employee("Anna"), people.employee("Lan")
    news = make.released(anna)
    tell_all(at=AT)
    assert [hit.kind for hit in search(words="chuyen moi", person_id=lan.pk)] == ["news"]
    assert search(words="chuyen moi", person_id=people.customer().pk) == []
    withdrawn = actions.withdraw(news=news, by=anna, at=AT)
    tell_all(at=AT)
    assert withdrawn.state == NewsState.WITHDRAWN
    assert search(words="chuyen moi", person_id=lan.pk) == []
    assert list(NewsSearch().documents(ids=None)) == []
    with pytest.raises(Refusal):
        actions.write(author=anna, title=make.TITLE, body=make.BODY, segment=news.segment, at=AT, news=news)


def test_home_shows_the_newest_for_this_person() -> None:
    anna, lan = people.employee("Anna"), people.employee("Lan")
    make.released(anna, at=AT - timedelta(days=40))
    kept = [make.released(anna, at=AT - timedelta(days=days)) for days in (1, 2, 3, 4)]
    card = FreshNews().cards(person=lan, roles=frozenset(), at=AT)[0]
    assert [shown.news for shown in card.context["rows"]] == kept[:3]
    assert FreshNews().cards(person=people.customer(), roles=frozenset(), at=AT) == []


@pytest.mark.parametrize("path", ["/news/", "/desk/news/", "/"])
def test_a_page_costs_the_same_for_one_and_three(path: str) -> None:
    anna = people.employee("Anna")
    browser, counts = access.client(anna, "communications"), []
    for number in (1, 2):
        for _ in range(number):
            make.released(anna, at=clock.now())
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            page = browser.get(path)
        assert b"A new line" in page.content
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_on_screen_from_writing_to_withdrawing() -> None:
    anna, lan = people.employee("Anna"), people.employee("Lan")
    writer, reader = access.client(anna, "communications"), access.client(lan)
    segment = make.segment()
    bad = writer.post("/desk/news/new/", {"segment": segment.pk, "title_en": "Only a title"})
    assert bad.status_code == 422
    answer = writer.post("/desk/news/new/", {"segment": segment.pk, "title_en": "Hello", "body_en": "One.\n\nTwo."})
    news = News.objects.get()
    assert answer.url == f"/desk/news/{news.public_id}/"  # type: ignore[attr-defined]
    assert "Tiếng Việt, 简体中文" in writer.get(f"/desk/news/{news.public_id}/").content.decode()
    assert reader.get(f"/news/{news.public_id}/").status_code == 404
    assert reader.post(f"/desk/news/{news.public_id}/release/").status_code == 403
    assert writer.post(f"/desk/news/{news.public_id}/release/").status_code == 302
    page = reader.get(f"/news/{news.public_id}/").content.decode()
    assert '<p lang="en">One.</p>' in page
    assert '<p lang="en">Two.</p>' in page
    assert access.client(people.customer()).get(f"/news/{news.public_id}/").status_code == 404
    assert writer.post(f"/desk/news/{news.public_id}/withdraw/").status_code == 302
    assert reader.get(f"/news/{news.public_id}/").status_code == 404
