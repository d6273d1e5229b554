import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from kith.insight.measures.actions import measure_all
from kith.voice.campaigns.actions import Wanted, set_terms
from kith.voice.ideas import actions, finishing
from kith.voice.ideas.models import IdeaState
from kith.voice.ideas.numbers import by_unit, measured, numbers
from kith.voice.ideas.unowed import unowed
from tests.access import make as access
from tests.people.make import AT
from tests.voice import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
NO_ROLES: frozenset[str] = frozenset()


def test_the_published_figures_are_exact() -> None:
    house = make.house()
    set_terms(wanted=Wanted(receipt_days=1, answer_days=5), at=AT, by_id=None)
    ideas = [make.idea(house.workers[0], title=f"Idea {n}") for n in range(6)]
    make.answer(ideas[0], house.manager, at=AT + timedelta(days=1))
    make.answer(ideas[1], house.manager, state=IdeaState.DECLINED, at=AT + timedelta(days=3))
    make.answer(ideas[2], house.manager, state=IdeaState.DONE, text="Done in an hour.", at=AT + timedelta(days=5))
    make.answer(ideas[3], house.manager, at=AT + timedelta(days=20))  # too late
    finishing.implement(
        idea=ideas[0], by=house.manager, roles=NO_ROLES, outcome="Here it is.", at=AT + timedelta(days=9)
    )
    for idea, understood in ((ideas[0], True), (ideas[1], True), (ideas[2], True), (ideas[3], False)):
        actions.rate(idea=idea, by=house.workers[0], understood=understood, stars=None, at=AT + timedelta(days=21))
    early = numbers(at=AT + timedelta(days=2))
    assert (early.handed_in, early.due) == (6, 4)  # four were answered by the end; two are not due yet
    found = numbers(at=AT + timedelta(days=30))
    assert (found.handed_in, found.due, found.in_time, found.answered) == (6, 6, 3, 4)
    assert (found.in_time_share, found.median_days) == (Decimal("50.0"), Decimal("4.0"))
    assert (found.accepted_share, found.done_share) == (Decimal("50.0"), Decimal("50.0"))
    assert (found.said, found.confirmed_share) == (4, Decimal("75.0"))
    assert [(unit, each) for unit, each in by_unit(at=AT + timedelta(days=30))] == [(house.unit, found)]
    measure_all(at=AT + timedelta(days=30))
    assert measured()["voice.in-time"] == Decimal("50.0")
    page = access.client(house.workers[1]).get("/ideas/").content.decode()
    assert "50,0 %" in page  # read in Vietnamese
    assert access.client(house.workers[1]).get("/ideas/numbers/").status_code == 200


def test_without_ideas_there_is_nothing_to_measure() -> None:
    found = numbers(at=AT)
    assert (found.handed_in, found.in_time_share, found.median_days, found.confirmed_share) == (0, None, None, None)


def test_twenty_thousand_ideas_are_counted_within_two_seconds() -> None:
    """The figures once looked each promise up by itself: minutes for 50,000 ideas."""
    house = make.house()
    make.idea(house.workers[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO voice_idea (public_id, author_id, title, text, folded, nonce, category, visibility, state,"
            " submitted_at, answer, reason, currency, outcome, outcome_link)"
            " SELECT gen_random_uuid(), author_id, title, text, folded, '', category, visibility, 'open', submitted_at,"
            " '', '', '', '', '' FROM voice_idea, generate_series(1, 20000)"
        )
        cursor.execute(
            "INSERT INTO promises_promise (public_id, kind, subject, about, owner_id, duty_role, chain, state, opened_at,"
            " first_due_at, due_at, next_check_at, level, proof)"
            " SELECT gen_random_uuid(), 'idea', 'idea:' || id, ARRAY['idea:' || id], author_id, 'ideas', '{}', 'open',"
            " submitted_at, submitted_at, submitted_at, submitted_at, 0, '' FROM voice_idea WHERE nonce = ''"
        )
    begun = time.perf_counter()
    assert numbers(at=AT + timedelta(days=1)).handed_in == 20_001
    assert len(by_unit(at=AT + timedelta(days=1))) == 2
    assert len(unowed()) == 0
    assert time.perf_counter() - begun < 2
