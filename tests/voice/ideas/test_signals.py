"""Similar ideas in other languages: what is found, how much of it, and how seldom something else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.people.organizations.models import Site
from kith.voice.ideas.comparing import LIKE, similar
from kith.voice.ideas.models import Idea
from kith.voice.ideas.signals import MOST, concepts, independent, likeness, signals
from kith.voice.tasks import look_at_ideas
from tests.people.make import AT
from tests.voice import make
from tests.voice.ideas.golden import PAIRS


def likenesses() -> list[list[float]]:
    known = [set(signals(title=title, text=text, named={})) for title, text, _other in PAIRS]
    asked = [set(signals(title=other, text="", named={})) for _title, _text, other in PAIRS]
    return [[likeness(each, one) for one in known] for each in asked]


def test_the_golden_set_is_found_as_far_as_we_say() -> None:
    """Recall and precision of the examples as they stand: changing the glossary changes these figures on purpose."""
    table = likenesses()
    found = [number for number, row in enumerate(table) if row[number] >= LIKE]
    wrong = [(i, j) for i, row in enumerate(table) for j, value in enumerate(row) if i != j and value >= LIKE]
    assert (len(found), len(PAIRS), len(wrong)) == (15, 24, 0)


def test_a_concept_is_known_in_each_language() -> None:
    assert concepts("Two lorries at the gates") == {"lorry", "gate"}
    assert concepts("Xe tải ở cổng") == {"lorry", "gate"}
    assert concepts("卡车在大门口") == {"lorry", "gate"}
    assert concepts("cong") == set()


def test_numbers_codes_and_places_mean_the_same_everywhere() -> None:
    named = {"binh duong": "VN-BD", "平阳": "VN-BD"}
    found = independent("Line 4 in Bình Dương, 3,5 m, printer PR-204 and QR", named)
    assert found == {"k:line", "k:printer", "n:4", "n:3.5", "c:PR-204", "c:QR", "s:VN-BD"}
    assert independent("平阳的 PR-204", named) == {"c:PR-204", "s:VN-BD"}


def test_one_shared_concept_or_numbers_alone_are_not_enough() -> None:
    gate = set(signals(title="The gate is too narrow", text="", named={}))
    assert likeness(set(signals(title="大门要涂漆", text="", named={})), gate) < LIKE
    numbers = set(signals(title="12 of 30", text="", named={}))
    assert likeness(numbers, set(signals(title="30 and 12", text="", named={})) - {"w:and"}) < LIKE


@given(st.text(max_size=400), st.text(max_size=400))
def test_whatever_is_written_has_few_and_short_signals(title: str, text: str) -> None:
    found = signals(title=title, text=text, named={})
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    whole = set(signals(title=title, text="", named={}))
    assert 0 <= likeness(whole, set(found)) <= 1


@pytest.mark.django_db
def test_an_idea_in_another_language_is_shown_before_one_posts() -> None:
    house = make.house()
    Site.objects.update(city="Bình Dương")
    vietnamese = make.idea(house.workers[0], title="Đèn ở bãi đỗ xe Bình Dương bị hỏng", text="Tối quá.")
    make.idea(house.workers[0], title="Bãi đỗ xe máy cần mái che", text="Khi trời mưa.")
    reader = house.workers[1].pk
    assert similar(words="The parking light in Binh Duong is broken", person_id=reader, day=AT.date()) == [vietnamese]
    assert similar(words="停车场的灯坏了", person_id=reader, day=AT.date()) == [vietnamese]
    assert similar(words="Parkng lihgt brokn", person_id=reader, day=AT.date()) == []
    assert similar(words="Den o bai do xe bi hong", person_id=reader, day=AT.date())[0] == vietnamese
    assert similar(words="", person_id=reader, day=AT.date()) == []


@pytest.mark.django_db
def test_a_misspelt_word_is_found_by_its_parts() -> None:
    house = make.house()
    made = make.idea(house.workers[0], title="Calibration of the thermometers", text="Once a year.")
    assert similar(words="Callibration thermometer", person_id=house.workers[1].pk, day=AT.date()) == [made]


@pytest.mark.django_db
def test_ideas_of_an_earlier_version_are_looked_at_later() -> None:
    house = make.house()
    made = make.idea(house.workers[0], title="The gate is dark", text="At night.")
    Idea.objects.update(signals=None)
    assert similar(words="The gate is dark", person_id=house.workers[1].pk, day=AT.date()) == []
    look_at_ideas.run(AT + timedelta(hours=1))
    assert similar(words="The gate is dark", person_id=house.workers[1].pk, day=AT.date()) == [made]
