from datetime import timedelta
from decimal import Decimal

import pytest

from kith.kernel.refusals import NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots.queries import balance
from kith.messaging.deliveries.models import Delivery
from kith.promises.commitments.models import Promise
from kith.voice.ideas import finishing, merging, queries
from kith.voice.ideas.kinds import POINTS
from kith.voice.ideas.models import Idea, IdeaState
from kith.voice.ideas.unowed import unowed
from tests.access import make as access
from tests.notices.make import Plant
from tests.people.make import AT
from tests.voice import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
NO_ROLES: frozenset[str] = frozenset()


@pytest.fixture
def house(db: None) -> Plant:
    return make.house()


def merged(house: Plant, number: int) -> tuple[Idea, list[Idea]]:
    root = make.idea(house.workers[0])
    others = [make.idea(make.worker(house, f"Worker {n}"), title=f"Trays {n}") for n in range(number)]
    for each in others:
        merging.merge(idea=each, into=root, by=house.manager, roles=NO_ROLES, at=AT)
    return root, others


@pytest.mark.parametrize("number", [1, 5])
def test_n_duplicates_get_n_answers_and_n_promises_are_kept(house: Plant, number: int) -> None:
    root, others = merged(house, number)
    assert Promise.objects.filter(kind="idea", state="open").count() == number + 1
    make.answer(root, house.manager, text="Yes, in May.")
    for each in [root, *others]:
        each.refresh_from_db()
        assert (each.state, each.answer, each.answered_by) == ("accepted", "Yes, in May.", house.manager)
        titles = Delivery.objects.filter(person_id=each.author_id).values_list("message__title", flat=True)
        assert sum("Your idea has an answer" in title["en"] for title in titles) == 1
    kept = Promise.objects.filter(kind="idea")
    assert {(p.state, p.proof) for p in kept} == {("kept", f"idea:{root.pk}")}
    assert kept.count() == number + 1
    assert not unowed().exists()


def test_every_author_is_credited_once_when_it_is_done(house: Plant) -> None:
    root, others = merged(house, 3)
    make.answer(root, house.manager)
    for _ in range(2):
        finishing.credit([root, *others], at=AT, by_id=None)
    root.refresh_from_db()
    finishing.implement(idea=root, by=house.manager, roles=NO_ROLES, outcome="Trays on every lorry.", at=AT)
    for each in [root, *others]:
        each.refresh_from_db()
        assert each.state == IdeaState.DONE
        held = balance(holder=Subject("person", each.author_id or 0), kind=POINTS, as_of=AT.date())
        assert held.available == Decimal(100)


def test_a_late_duplicate_gets_the_answer_that_is_there(house: Plant) -> None:
    root, _none = merged(house, 0)
    make.answer(root, house.manager, state=IdeaState.DECLINED)
    late = make.idea(house.workers[1], title="Trays again")
    merging.merge(idea=late, into=root, by=house.manager, roles=NO_ROLES, at=AT)
    late.refresh_from_db()
    assert (late.state, late.answer, late.reason) == ("declined", make.NO, "other")
    assert queries.promises_of(late) == {}


def test_what_was_merged_comes_along_and_circles_cannot_be(house: Plant) -> None:
    root, (one,) = merged(house, 1)
    top = make.idea(house.workers[1], title="The same for all plants")
    merging.merge(idea=root, into=top, by=house.manager, roles=NO_ROLES, at=AT)
    one.refresh_from_db()
    assert one.merged_into == top
    with pytest.raises(Refusal, match="itself"):
        merging.merge(idea=top, into=one, by=house.manager, roles=NO_ROLES, at=AT)
    with pytest.raises(Refusal, match="already"):
        merging.merge(idea=one, into=root, by=house.manager, roles=NO_ROLES, at=AT)


def test_a_mistake_is_undone_and_the_answer_is_owed_again(house: Plant) -> None:
    root, (one,) = merged(house, 1)
    make.answer(root, house.manager)
    apart = merging.unmerge(idea=one, by=house.manager, roles=NO_ROLES, at=AT + timedelta(days=1))
    assert (apart.state, apart.merged_into, apart.reopened_at) == ("open", None, None)
    promise = queries.promise_of(apart)
    assert promise is not None
    assert promise.waiting_person_id == one.author_id
    make.answer(apart, house.manager, text="Yours is another one: yes.", at=AT + timedelta(days=1))
    root.refresh_from_db()
    assert root.answer == "Yes, in May."


def test_only_whoever_owes_an_answer_merges_and_authors_do_not_answer_each_other(house: Plant) -> None:
    root, other = make.idea(house.workers[0]), make.idea(house.workers[1], title="Trays two")
    with pytest.raises(NotAllowed):
        merging.merge(idea=other, into=root, by=house.workers[1], roles=NO_ROLES, at=AT)
    merging.merge(idea=other, into=root, by=house.manager, roles=NO_ROLES, at=AT)
    with pytest.raises(NotAllowed):
        make.answer(root, house.workers[1], roles=frozenset({"leadership"}))
    other.refresh_from_db()
    with pytest.raises(Refusal, match="together"):
        make.answer(other, house.manager)


def test_on_screen_from_the_choice_to_taking_apart(house: Plant) -> None:
    root, other = make.idea(house.workers[0]), make.idea(house.workers[1], title="Bottles on trays")
    owner = access.client(house.manager)
    choices = owner.get(f"/ideas/{other.public_id}/merge/choices/").content.decode()
    assert "Trays for bottles" in choices
    bad = owner.post(f"/ideas/{other.public_id}/merge/", {"into": "what?"})
    assert bad.status_code == 400
    done = owner.post(f"/ideas/{other.public_id}/merge/", {"into": str(root.public_id)})
    assert done.status_code == 302
    assert house.workers[1].name in owner.get(f"/ideas/{root.public_id}/").content.decode()
    assert owner.post(f"/ideas/{other.public_id}/unmerge/").status_code == 302
    assert Idea.objects.filter(merged_into=None).count() == 2
