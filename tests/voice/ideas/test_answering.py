from datetime import date, timedelta
from decimal import Decimal

import pytest

from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.people.organizations.models import Organization, Unit
from kith.promises.actions import extend, withdraw
from kith.promises.commitments.models import Promise
from kith.voice.campaigns.actions import Wanted, set_limit, set_terms
from kith.voice.ideas import actions, answering, finishing, queries
from kith.voice.ideas.answering import BeyondAuthority
from kith.voice.ideas.models import IdeaState
from kith.voice.ideas.starters import STARTERS
from kith.voice.ideas.unowed import unowed
from tests.access import make as access
from tests.notices.make import Plant
from tests.people.make import AT
from tests.voice import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
NO_ROLES: frozenset[str] = frozenset()
LEADERSHIP = frozenset({"leadership"})


@pytest.fixture
def house(db: None) -> Plant:
    made = make.house()
    Organization.objects.update(currency="VND")
    set_terms(wanted=Wanted(manager_amount=Decimal(1000)), at=AT, by_id=None)
    return made


def no(house: Plant, cost: Decimal | None, **given: object) -> None:
    make.answer(make.idea(house.workers[0]), house.manager, state=IdeaState.DECLINED, cost=cost, **given)


def test_only_who_could_have_said_yes_says_no(house: Plant) -> None:
    with pytest.raises(BeyondAuthority, match="1,000"):
        no(house, Decimal(1001))
    with pytest.raises(BeyondAuthority):
        make.answer(make.idea(house.workers[0]), house.manager, cost=Decimal(1001))
    with pytest.raises(BadInput, match="cost"):
        no(house, None)
    no(house, Decimal(1000))
    idea = queries.Idea.objects.get(state="declined")
    assert (idea.cost, idea.authority, idea.currency) == (Decimal(1000), Decimal(1000), "VND")
    made = make.answer(
        make.idea(house.workers[0]), house.author, state=IdeaState.DECLINED, cost=Decimal(10**9), roles=LEADERSHIP,
        text="A thousand million is more than this plant earns in ten years of work.",
    )  # fmt: skip
    assert made.authority is None


def test_a_limit_of_ones_own_counts_from_its_day(house: Plant) -> None:
    set_limit(person=house.manager, amount=Decimal(5000), valid_from=AT.date() + timedelta(days=1), by_id=None)
    with pytest.raises(BeyondAuthority):
        no(house, Decimal(5000))
    make.answer(
        make.idea(house.workers[0]), house.manager, state=IdeaState.DECLINED, cost=Decimal(5000),
        at=AT + timedelta(days=1),
    )  # fmt: skip


def test_it_is_passed_up_to_whoever_stands_above(house: Plant) -> None:
    Unit.objects.filter(pk=house.unit.parent_id).update(manager=house.author)
    idea = make.idea(house.workers[0])
    promise = answering.pass_up(idea=idea, by=house.manager, roles=NO_ROLES, at=AT)
    assert promise.owner_id == house.author.pk
    assert {p.owner_id for p in queries.promises_of(idea).values()} == {house.author.pk}
    with pytest.raises(NotAllowed):
        answering.pass_up(idea=idea, by=house.manager, roles=NO_ROLES, at=AT)


def test_at_the_top_leadership_decides_and_where_there_is_none_it_stays(house: Plant) -> None:
    boss = make.worker(house, "Boss")
    idea = make.idea(house.workers[0])
    answering.pass_up(idea=idea, by=house.manager, roles=NO_ROLES, at=AT)  # to the duty: nobody leads
    with pytest.raises(Refusal, match="above"):
        answering.pass_up(idea=idea, by=house.author, roles=NO_ROLES, at=AT)
    access.grant(boss, "leadership")
    assert answering.pass_up(idea=idea, by=house.author, roles=NO_ROLES, at=AT).owner_id in {boss.pk, house.manager.pk}


@pytest.mark.parametrize("language", ["en", "vi", "zh-Hans"])
def test_a_template_alone_is_refused_and_so_are_another_ideas_words(house: Plant, language: str) -> None:
    for starter in STARTERS.values():
        for alone in (starter[language], starter[language].upper() + " !!", f"{starter[language]} {starter[language]}"):
            with pytest.raises(BadInput, match="sentence"):
                no(house, Decimal(0), text=alone)
    own = {"en": "The lorry has no room.", "vi": "Xe không còn chỗ trống nào.", "zh-Hans": "货车没有空间放托盘。"}
    no(house, Decimal(0), text=STARTERS["cost"][language] + " " + own[language])  # type: ignore[index]
    with pytest.raises(BadInput, match="very words"):
        no(house, Decimal(0), text=STARTERS["cost"][language] + " " + own[language])  # type: ignore[index]


def test_a_yes_is_owed_until_it_is_done(house: Plant) -> None:
    idea = make.idea(house.workers[0])
    with pytest.raises(BadInput, match="day"):
        make.answer(idea, house.manager, state=IdeaState.PLANNED)
    make.answer(
        idea, house.manager, state=IdeaState.PLANNED, doer=house.deputy, until=date(2026, 12, 18), cost=Decimal(5)
    )
    doing = queries.promises_of(idea)["idea-do"]
    assert (doing.owner_id, doing.waiting_person_id) == (house.deputy.pk, house.workers[0].pk)
    assert doing.due_at.isoformat() == "2026-12-18T10:00:00+00:00"  # 17:00 at the plant
    with pytest.raises(NotAllowed):
        finishing.implement(idea=idea, by=house.manager, roles=NO_ROLES, outcome="Done.", at=AT)
    for link in ("https://elsewhere.example/", "//elsewhere", "javascript:alert(1)"):
        with pytest.raises(BadInput, match="portal"):
            finishing.implement(idea=idea, by=house.deputy, roles=NO_ROLES, outcome="Done.", link=link, at=AT)
    done = finishing.implement(
        idea=idea, by=house.deputy, roles=NO_ROLES, outcome="Trays on every lorry.", link="/news/", at=AT
    )
    assert (done.state, done.outcome_link) == ("done", "/news/")
    assert not Promise.objects.filter(state__in=["open", "paused"]).exists()


def test_what_cannot_be_done_is_decided_anew(house: Plant) -> None:
    idea = make.answer(make.idea(house.workers[0]), house.manager)
    assert queries.promises_of(idea).keys() == {"idea-do"}
    anew = finishing.decide_anew(idea=idea, by=house.manager, roles=NO_ROLES, reason="The maker is gone.", at=AT)
    assert (anew.state, queries.promises_of(anew).keys()) == ("open", {"idea"})
    assert not unowed().exists()


def test_a_yes_that_was_not_understood_is_not_owed_any_more(house: Plant) -> None:
    idea = make.answer(make.idea(house.workers[0]), house.manager)
    again = actions.rate(idea=idea, by=house.workers[0], understood=False, stars=None, at=AT)
    assert queries.promises_of(again).keys() == {"idea"}


def test_an_answer_cannot_be_withdrawn_and_is_extended_once_with_a_reason_the_author_sees(house: Plant) -> None:
    idea = make.idea(house.workers[0])
    promise = queries.promises_of(idea)["idea"]
    with pytest.raises(Refusal, match="not withdrawn"):
        withdraw(promise, reason="no", at=AT, by_id=house.manager.pk)
    until = promise.due_at + timedelta(days=5)
    extend(promise, until=until, reason="The engineer is ill", at=AT, by_id=house.manager.pk)
    with pytest.raises(Refusal, match="once"):
        extend(promise, until=until + timedelta(days=5), reason="Again", at=AT, by_id=house.manager.pk)
    assert "The engineer is ill" in access.client(house.workers[0]).get(f"/ideas/{idea.public_id}/").content.decode()


def test_read_is_said_once_and_only_by_who_answers(house: Plant) -> None:
    idea = make.idea(house.workers[0])
    with pytest.raises(NotAllowed):
        actions.mark_read(idea=idea, by=house.workers[1], roles=NO_ROLES, at=AT)
    for _ in range(2):
        kept = actions.mark_read(idea=idea, by=house.manager, roles=NO_ROLES, at=AT)
    assert kept.received_at == AT
    assert queries.promises_of(idea).keys() == {"idea"}


def test_on_screen_a_refused_no_keeps_what_was_typed_and_can_be_passed_up(house: Plant) -> None:
    idea, owner = make.idea(house.workers[0]), access.client(house.manager)
    typed = {"state": "declined", "reason": "cost", "text": make.NO, "cost": "70000"}
    page = owner.post(f"/ideas/{idea.public_id}/answer/", typed)
    assert page.status_code == 409
    assert "pass it up" in page.content.decode()
    assert make.NO in page.content.decode()
    assert owner.post(f"/ideas/{idea.public_id}/pass-up/").status_code == 302
    assert owner.post(f"/ideas/{idea.public_id}/pass-up/").status_code in {403, 404}


def test_from_yes_to_you_said_we_did(house: Plant) -> None:
    idea, owner = make.idea(house.workers[0]), access.client(house.manager)
    path = f"/ideas/{idea.public_id}/"
    assert owner.post(f"{path}read/").status_code == 302
    assert owner.post(f"{path}answer/", {"state": "accepted", "text": "Yes, by May."}).status_code == 302
    assert idea.title in owner.get("/desk/ideas/").content.decode()
    assert owner.post(f"{path}implemented/", {"outcome": ""}).status_code == 422
    assert owner.post(f"{path}implemented/", {"outcome": "Trays are on lorries."}).status_code == 302
    page = access.client(house.workers[1]).get("/ideas/done/").content.decode()
    assert "Trays are on lorries." in page
    assert house.workers[0].name in page
    visitor = access.client()
    assert visitor.get("/ideas/done/").status_code == 302
    set_terms(wanted=Wanted(done_public=True), at=AT, by_id=None)
    page = visitor.get("/ideas/done/").content.decode()
    assert "Trays are on lorries." in page
    assert "Thank you:" not in page
