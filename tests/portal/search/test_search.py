"""The one search: words in three scripts, and nobody finds what they may not see."""

from collections.abc import Collection, Iterator, Mapping

import pytest
from django.db import connection

from kith.kernel.facts.telling import tell_all
from kith.kernel.subjects import SUBJECTS, Described
from kith.kernel.texts import Text
from kith.people.persons.actions import deactivate, register
from kith.people.ties.models import Tie
from kith.portal.search.actions import reindex, reindex_all
from kith.portal.search.models import Document
from kith.portal.search.queries import CANDIDATES, search
from kith.portal.search.sources import SOURCES, Indexed
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


class Papers:
    """Things of a test: `texts` by id, seen by everybody for whom the id is in `open_to`."""

    kind = "paper"
    label = "Papers"

    def __init__(self) -> None:
        self.texts: dict[int, Text] = {}
        self.hidden: set[int] = set()

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        yield from (Indexed(key, words) for key, words in self.texts.items() if ids is None or key in ids)

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int]:
        del person_id
        return set(ids) - self.hidden

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        del person_id
        return {key: Described(next(iter(self.texts[key].values())), f"/papers/{key}/") for key in ids}


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> Papers:
    found = Papers()
    for shelf in (SOURCES, SUBJECTS):
        monkeypatch.setattr(shelf, "_things", dict(shelf._things))
        shelf.put("paper", found)
    return found


def titles(words: str, person_id: int | None = None, **more: int) -> list[str]:
    return [hit.described.label for group in search(words=words, person_id=person_id, **more) for hit in group.hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen", True),
        ("Nguyễn", True),
        ("NGUYỄN duc", True),
        ("đức ngu", True),
        ("nguyen tran", False),
        ("guyen", False),
        ("安全", True),
        ("安全守", True),
        ("全", True),
        ("全守则", True),
        ("守安", False),
        ("safety_rule", True),
        ("", False),
        ("  ", False),
        ("' | :* & !", False),
        ("\\", False),
    ],
)
def test_words_are_found_in_every_spelling(papers: Papers, typed: str, *, found: bool) -> None:
    papers.texts = {1: Text({"vi": "Nguyễn Đức", "zh-Hans": "安全守则", "en": "safety_rules"})}
    reindex(kind="paper")
    assert titles(typed) == (["Nguyễn Đức"] if found else [])


def test_titles_come_before_bodies_and_groups_carry_their_name(papers: Papers) -> None:
    papers.texts = {1: Text(en="Harbour plan"), 2: Text(en="Harbour")}
    assert reindex(kind="paper") == 2
    [group] = search(words="harbour", person_id=None)
    assert (group.kind, group.label, len(group.hits)) == ("paper", "Papers", 2)
    assert group.hits[0].described.link.startswith("/papers/")


def test_what_one_may_not_see_is_neither_shown_nor_counted(papers: Papers) -> None:
    papers.texts = {1: Text(en="Harbour one"), 2: Text(en="Harbour two")}
    papers.hidden = {2}
    reindex(kind="paper")
    assert titles("harbour") == ["Harbour one"]
    text = make.client().get("/search/?q=harbour").text
    assert "Harbour one" in text
    assert "Harbour two" not in text
    assert "Nothing found" in make.client().get("/search/?q=two").text


def test_many_hidden_things_do_not_push_out_what_one_may_see(papers: Papers) -> None:
    number = CANDIDATES + 20
    papers.texts = {key: Text(en="Harbour plan") for key in range(1, number + 1)}
    papers.hidden = set(range(1, number))
    reindex(kind="paper")
    assert [hit.subject.id for group in search(words="harbour", person_id=None) for hit in group.hits] == [number]


def test_many_hidden_things_of_one_kind_do_not_push_out_another_kind(papers: Papers) -> None:
    lan = people.employee("Harbour Lan")
    reindex(kind="person")
    papers.texts = {key: Text(en="Harbour") for key in range(1, CANDIDATES + 2)}
    papers.hidden = set(papers.texts)
    reindex(kind="paper")
    assert titles("harbour", lan.pk) == ["Harbour Lan"]


def test_indexing_again_drops_what_is_gone_and_writes_only_what_changed(papers: Papers) -> None:
    papers.texts = {1: Text(en="Kept"), 2: Text(en="Gone"), 3: Text(en="Before")}
    reindex(kind="paper")
    places = dict(_places())
    papers.texts = {1: Text(en="Kept"), 3: Text(en="After")}
    assert reindex(kind="paper", ids=[2, 3]) == 1
    assert titles("gone") == titles("before") == []
    assert titles("after") == ["After"]
    reindex(kind="paper")
    now = dict(_places())
    assert now[1] == places[1]
    assert now[3] != places[3]


def _places() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, ctid::text FROM portal_document WHERE kind = 'paper'")
        return list(cursor.fetchall())


def test_colleagues_find_one_another_and_customers_find_nobody() -> None:
    lan, an = people.employee("Nguyễn Thị Lan"), people.employee("Trần An", preferred_name="Andy")
    ana = people.customer("Ana Nguyễn")
    reindex_all()
    assert titles("nguyen", an.pk) == ["Nguyễn Thị Lan"]
    assert titles("andy", lan.pk) == ["Trần An (Andy)"]
    assert titles("nguyen", ana.pk) == titles("nguyen") == []


def test_whoever_left_is_found_no_more() -> None:
    lan, an = people.employee("Trần Lan"), people.employee("Lê An")
    reindex(kind="person")
    assert titles("tran", an.pk) == ["Trần Lan"]
    Tie.objects.filter(person=lan).update(until=people.LONG_AGO)
    assert titles("tran", an.pk) == []


def test_the_index_hears_of_new_people_and_of_those_deactivated() -> None:
    reader, lan = people.employee(), people.employee("Phạm Lan")
    tell_all(at=people.AT)
    reindex(kind="person", ids=[lan.pk])
    deactivate(person=lan, at=people.AT, by_id=None)
    tell_all(at=people.AT)
    assert not Document.objects.filter(kind="person", subject_id=lan.pk).exists()
    new = register(full_name="Phạm Minh", at=people.AT)
    tell_all(at=people.AT)
    assert titles("pham", reader.pk) == []
    assert not Document.objects.filter(kind="person", subject_id=new.pk).exists()


def test_the_page_the_fragment_and_the_suggestions(papers: Papers) -> None:
    papers.texts = {key: Text(en=f"Harbour {key}") for key in range(1, 21)}
    reindex(kind="paper")
    browser = make.client()
    whole = browser.get("/search/", {"q": "harbour"}).text
    part = browser.get("/search/", {"q": "harbour"}, headers={"HX-Request": "true"}).text
    few = browser.get("/search/suggest/", {"q": "harb"}).text
    assert "<html" in whole
    assert "<html" not in part
    assert "<html" not in few
    assert (whole.count("/papers/"), part.count("/papers/"), few.count("/papers/")) == (20, 20, 8)


@pytest.mark.parametrize("words", ["\0", "x" * 5000, "a:*|b", "<script>alert(1)</script>", "%00", "𠀀"])
def test_odd_words_are_answered_calmly(words: str) -> None:
    answer = make.client().get("/search/", {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
