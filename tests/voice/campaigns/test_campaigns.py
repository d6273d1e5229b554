from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.people.organizations.models import Organization
from kith.people.segments.actions import save_segment
from kith.people.segments.models import Segment
from kith.promises.service import working_times
from kith.voice.campaigns.actions import Question, Wanted, close_campaign, open_campaign, set_limit, set_terms
from kith.voice.campaigns.models import Campaign, Terms
from kith.voice.campaigns.queries import authority_of, in_force
from kith.voice.ideas.models import Visibility
from kith.voice.ideas.queries import promises_of, visible_to
from tests.access import make as access
from tests.notices.make import Plant
from tests.people import make as people
from tests.people.make import AT
from tests.voice import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
WORDS = Text({"en": "Cooler halls", "vi": "Xưởng mát hơn"})


@pytest.fixture
def house(db: None) -> Plant:
    made = make.house()
    Organization.objects.update(currency="VND")
    return made


def segment(house: Plant) -> Segment:
    rule = {"attribute": "unit", "is": [house.unit.path]}
    return save_segment(name=Text({"en": "The line"}), rule=rule, at=AT, by_id=None)


def campaign(house: Plant, **given: Any) -> Campaign:
    asked = Question(
        **{
            "title": WORDS, "question": WORDS, "owner": house.deputy, "opens_at": AT - timedelta(days=1),
            "closes_at": AT + timedelta(days=10), **given,
        }
    )  # fmt: skip
    return open_campaign(asked=asked, at=AT - timedelta(days=1), by_id=None)


def test_both_clocks_run_in_the_owners_working_days_under_the_terms_of_that_day(house: Plant) -> None:
    before = make.idea(house.workers[0])
    set_terms(wanted=Wanted(receipt_days=2, answer_days=5), at=AT, by_id=None)
    after = make.idea(house.workers[0])
    assert before.terms is None
    assert (after.terms.receipt_days, after.terms.answer_days) == (2, 5)  # type: ignore[union-attr]
    owed = promises_of(after)
    assert owed["idea-read"].due_at.isoformat() == "2026-11-27T03:00:00+00:00"  # Wed 10:00 + 16 working hours
    assert owed["idea"].due_at.isoformat() == "2026-12-02T03:00:00+00:00"  # over a weekend
    assert working_times(person_ids=[house.manager.pk], at=AT)


def test_terms_are_versions_and_the_same_again_makes_none(house: Plant) -> None:
    one = set_terms(wanted=Wanted(answer_days=30), at=AT, by_id=1)
    assert set_terms(wanted=Wanted(answer_days=30), at=AT, by_id=1).pk == one.pk
    two = set_terms(wanted=Wanted(answer_days=20), at=AT, by_id=1)
    assert [(t.version, t.answer_days) for t in Terms.objects.order_by("version")] == [(1, 30), (2, 20)]
    asked = campaign(house)
    assert in_force(asked) == two
    own = set_terms(wanted=Wanted(receipt_days=1, answer_days=10), at=AT, by_id=1, campaign=asked)
    assert (own.version, in_force(asked), in_force(None)) == (1, own, two)
    for wrong in (
        Wanted(receipt_days=0),
        Wanted(answer_days=261),
        Wanted(receipt_days=9, answer_days=8),
        Wanted(points=-1),
    ):
        with pytest.raises(BadInput):
            set_terms(wanted=wrong, at=AT, by_id=1)


def test_a_campaign_takes_ideas_of_its_segment_while_it_is_open_and_its_owner_answers(house: Plant) -> None:
    asked = campaign(house, segment=segment(house))
    idea = make.idea(house.workers[0], campaign=asked, visibility=Visibility.SEGMENT)
    assert {p.owner_id for p in promises_of(idea).values()} == {house.deputy.pk}
    outsider = people.employee("Outsider", unit=people.unit())
    with pytest.raises(Refusal, match="closed"):
        make.idea(outsider, campaign=asked)
    for person, sees in ((house.workers[1], True), (outsider, False), (house.deputy, True)):
        assert visible_to(person_id=person.pk, day=AT.date()).filter(pk=idea.pk).exists() is sees
    assert access.client(outsider).get(f"/ideas/campaigns/{asked.public_id}/").status_code == 404
    close_campaign(asked, at=AT + timedelta(days=1))
    with pytest.raises(Refusal, match="closed"):
        make.idea(house.workers[0], campaign=Campaign.objects.get(), at=AT + timedelta(days=1))
    with pytest.raises(BadInput, match="campaign"):
        make.idea(house.workers[0], visibility=Visibility.SEGMENT)


def test_who_may_decide_how_much(house: Plant) -> None:
    terms = set_terms(wanted=Wanted(staff_amount=Decimal(10), manager_amount=Decimal(100)), at=AT, by_id=None)
    asked = campaign(house, budget=Decimal(1000))

    def amount(person: Any, *, roles: frozenset[str] = frozenset(), of: Campaign | None = None) -> Decimal | None:
        return authority_of(person_id=person.pk, roles=roles, campaign=of, terms=terms, day=AT.date()).amount

    assert amount(house.workers[0]) == 10
    assert amount(house.manager) == 100
    assert (amount(house.deputy), amount(house.deputy, of=asked)) == (10, 1000)
    assert amount(house.workers[0], roles=frozenset({"leadership"})) is None
    set_limit(person=house.workers[0], amount=Decimal(500), valid_from=AT.date(), by_id=None)
    assert amount(house.workers[0]) == 500


def test_on_screen_asking_changing_and_closing(house: Plant) -> None:
    hr = access.client(house.author, "hr")
    given = {
        "title_en": "Cooler halls", "question_en": "What would help?", "owner": house.deputy.mailbox,
        "opens_at": "2026-01-01T08:00", "closes_at": "2031-01-01T08:00", "receipt_days": "3", "answer_days": "20",
        "budget": "5000",
    }  # fmt: skip
    bad = hr.post("/desk/ideas/campaigns/new/", {**given, "closes_at": "2025-01-01T08:00", "owner": "nobody@x"})
    assert bad.status_code == 422
    assert "What would help?" in bad.content.decode()
    assert hr.post("/desk/ideas/campaigns/new/", given).status_code == 302
    made = Campaign.objects.get()
    assert (made.owner, made.budget, in_force(made).answer_days) == (house.deputy, Decimal(5000), 20)
    page = access.client(house.workers[0]).get(f"/ideas/campaigns/{made.public_id}/").content.decode()
    assert "What would help?" in page
    url = f"/ideas/new/?campaign={made.public_id}"
    assert "Cooler halls" in access.client(house.workers[0]).get(url).content.decode()
    assert hr.post(f"/desk/ideas/campaigns/{made.public_id}/", {**given, "title_en": "Cool"}).status_code == 302
    assert hr.post(f"/desk/ideas/campaigns/{made.public_id}/close/").status_code == 302
    assert access.client(house.workers[0]).get("/desk/ideas/campaigns/").status_code == 403
    assert access.client(house.workers[0]).get("/ideas/new/?campaign=nonsense").status_code == 400


def test_on_screen_terms_and_limits(house: Plant) -> None:
    hr = access.client(house.author, "hr")
    given = {
        "receipt_days": "5", "answer_days": "60", "do_days": "90", "staff_amount": "0", "manager_amount": "1000",
        "points": "50",
    }  # fmt: skip
    assert hr.post("/admin/ideas/", given).status_code == 302
    assert hr.post("/admin/ideas/", {**given, "receipt_days": "70"}).status_code == 422
    assert hr.post("/admin/ideas/", {**given, "receipt_days": "60", "answer_days": "9"}).status_code == 422
    assert Terms.objects.count() == 1
    limit = {"person": house.deputy.mailbox, "amount": "900", "valid_from": "2026-12-01"}
    assert hr.post("/admin/ideas/limits/", limit).status_code == 302
    assert hr.post("/admin/ideas/limits/", {**limit, "person": "nobody"}).status_code == 422
    assert access.client(house.workers[0]).get("/admin/ideas/").status_code == 403
