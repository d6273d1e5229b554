from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.messaging.deliveries.models import Delivery
from kith.people.ties.actions import leave
from kith.promises.duty.actions import set_holders
from kith.voice.ideas import actions, answering, comparing, queries
from kith.voice.ideas.answering import Answer
from kith.voice.ideas.models import Idea, IdeaState, Vote
from kith.voice.ratings.models import Rating
from tests.access import make as access
from tests.notices.make import Plant, plant
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)
NO_ROLES: frozenset[str] = frozenset()


@pytest.fixture
def house(db: None) -> Plant:
    made = plant()
    for code in ("ideas", "general"):
        set_holders(code=code, persons=[made.author], at=AT, by_id=None)
    return made


def submit(house: Plant, **given: Any) -> Idea:
    return actions.submit(
        **{"author": house.workers[0], "title": "Trays for bottles", "text": "On the way back.", "at": AT, **given}
    )


def yes(idea: Idea, by: Any) -> Idea:
    said = Answer(IdeaState.ACCEPTED, "We will do it in May.")
    return answering.answer(idea=idea, by=by, roles=NO_ROLES, said=said, at=AT)


def test_from_the_first_moment_somebody_owes_the_answer(house: Plant) -> None:
    owed = queries.promises_of(submit(house))
    assert {promise.owner for promise in owed.values()} == {house.manager}
    assert owed["idea-read"].due_at > AT + timedelta(days=8)
    assert owed["idea"].due_at > AT + timedelta(days=120)
    assert {promise.waiting_person_id for promise in owed.values()} == {house.workers[0].pk}


def test_the_owner_answers_the_author_is_told_and_rates(house: Plant) -> None:
    idea = submit(house)
    yes(idea, house.manager)
    assert queries.promise_of(idea) is None
    told = Delivery.objects.filter(person_id=house.workers[0].pk, message__about=f"idea:{idea.pk}")
    titles = [delivery.message.title["en"].partition(":")[0] for delivery in told.order_by("id")]
    assert titles == ["We have your idea", "Your idea has an answer"]
    rated = actions.rate(idea=idea, by=house.workers[0], understood=True, stars=5, at=AT)
    assert rated.state == IdeaState.ACCEPTED
    assert Rating.objects.get(subject=f"idea:{idea.pk}", person=house.workers[0]).stars == 5
    with pytest.raises(Refusal, match="once"):
        actions.rate(idea=idea, by=house.workers[0], understood=True, stars=1, at=AT)


def test_not_understood_reopens_once_with_a_new_owner_and_due_time(house: Plant) -> None:
    idea = submit(house)
    yes(idea, house.manager)
    again = actions.rate(idea=idea, by=house.workers[0], understood=False, stars=None, at=AT)
    assert again.state == IdeaState.OPEN
    assert queries.promise_of(again) is not None
    yes(again, house.manager)
    last = actions.rate(idea=again, by=house.workers[0], understood=False, stars=2, at=AT)
    assert last.state == IdeaState.ACCEPTED
    assert queries.promise_of(last) is None


def test_a_no_needs_a_reason_and_a_sentence_and_nobody_answers_their_own(house: Plant) -> None:
    idea = submit(house)
    for reason, text in (("", "It would cost more than it brings."), ("cost", "No.")):
        said = Answer(IdeaState.DECLINED, text, reason=reason, cost=Decimal(0))
        with pytest.raises(BadInput, match="reason"):
            answering.answer(idea=idea, by=house.manager, roles=NO_ROLES, said=said, at=AT)
    with pytest.raises(NotAllowed):
        yes(idea, house.workers[0])
    with pytest.raises(NotAllowed):
        yes(idea, house.workers[1])


def test_when_the_owner_leaves_the_idea_passes_on_by_rule(house: Plant) -> None:
    idea = submit(house)
    leave(person=house.manager, on=DAY - timedelta(days=1), at=AT, by_id=None)
    tell_all(at=AT)
    promise = queries.promise_of(idea)
    assert promise is not None
    assert promise.owner not in {house.manager, house.workers[0]}
    assert promise.owner is not None
    titles = [d.message.title["en"] for d in Delivery.objects.filter(person_id=house.workers[0].pk).order_by("id")]
    assert titles == ["We have your idea: Trays for bottles", "In other hands: Answer to an idea"]


def test_similar_ideas_are_found_without_diacritics_and_a_vote_counts_once(house: Plant) -> None:
    idea = submit(house, title="Khay để chai rỗng trên xe")
    for words in ("khay cho chai rỗng", "KHAY DE CHAI RONG"):
        assert comparing.similar(words=words, person_id=house.workers[1].pk, day=DAY) == [idea]
    assert comparing.similar(words="một chuyện khác hẳn", person_id=house.workers[1].pk, day=DAY) == []
    for _ in range(2):
        actions.vote(idea=idea, by=house.workers[1], at=AT)
    assert Vote.objects.count() == 1
    with pytest.raises(Refusal):
        actions.vote(idea=idea, by=house.workers[0], at=AT)


def test_on_screen_from_writing_to_rating(house: Plant) -> None:
    author, owner = access.client(house.workers[0]), access.client(house.manager)
    answer = author.post("/ideas/new/", {"title": "Trays", "text": "For empty bottles."})
    idea = Idea.objects.get()
    assert answer.url == f"/ideas/{idea.public_id}/"  # type: ignore[attr-defined]
    page = owner.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "Your answer" in page
    bad = owner.post(f"/ideas/{idea.public_id}/answer/", {"state": "declined", "text": "No."})
    assert bad.status_code == 400
    good = {"state": "accepted", "text": "Yes, in May."}
    assert owner.post(f"/ideas/{idea.public_id}/answer/", good).status_code == 302
    assert "Yes, in May." in author.get(f"/ideas/{idea.public_id}/").content.decode()
    assert author.post(f"/ideas/{idea.public_id}/rate/", {"understood": "yes", "stars": "5"}).status_code == 302
    outsider = access.client(people.customer())
    assert outsider.get(f"/ideas/{idea.public_id}/").status_code == 404
    assert outsider.get("/ideas/new/").status_code == 403


@pytest.mark.parametrize("path", ["/ideas/", "/desk/ideas/"])
def test_a_list_costs_the_same_for_one_and_three(house: Plant, path: str) -> None:
    owner, counts = access.client(house.manager), []
    for number in (1, 2):
        for _ in range(number):
            submit(house)
        owner.get(path)
        with CaptureQueriesContext(connection) as captured:
            page = owner.get(path)
        assert b"Trays for bottles" in page.content
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_desk_shows_what_somebody_may_answer_and_leadership_all(house: Plant) -> None:
    idea = submit(house)
    for person, roles, expected in (
        (house.manager, NO_ROLES, [idea]),
        (house.workers[1], NO_ROLES, []),
        (house.workers[0], frozenset({"leadership"}), []),
        (house.author, frozenset({"leadership"}), [idea]),
    ):
        assert [row for row, _promise in queries.to_answer(person_id=person.pk, roles=roles)] == expected
