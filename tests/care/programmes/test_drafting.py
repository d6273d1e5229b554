from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kith.care.programmes import actions, drafting, stepping
from kith.care.programmes.drafting import Caps, Draft
from kith.care.programmes.models import Inside, Outcome, Programme, ProgrammeVersion, Run, RunState
from kith.care.programmes.moving import movable
from kith.care.programmes.queries import draft_of
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from tests.care import make
from tests.people import make as people

END = {"kindness": "end"}
pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 8, tzinfo=UTC)
FIRST = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY_ONE: dict[str, Any] = {"tie": "employee", "number": 1}


@pytest.fixture
def ha(db: None) -> Person:
    return people.person()


@pytest.fixture
def minh(db: None) -> Person:
    return people.person()


def begun(by: Person, moment: str = "joining-day", **given: Any) -> ProgrammeVersion:
    name = Text(make.words("Welcome"))
    made = drafting.start(name=name, moment=moment, settings=DAY_ONE, at=AT, by_id=by.pk, **{"keeper": "hr", **given})
    version = draft_of(made)
    assert version is not None
    return version


def written(by: Person, *steps: dict[str, Any]) -> ProgrammeVersion:
    version = begun(by)
    for step in steps:
        stepping.put_step(version=version, position=None, step=step, at=AT, by_id=by.pk)
    version.refresh_from_db()
    return version


def released(ha: Person, minh: Person, *steps: dict[str, Any]) -> Programme:
    version = written(ha, *steps)
    drafting.ask(version=version, inside=Inside.FINISH, at=AT, by_id=ha.pk)
    return drafting.approve(version=version, at=AT, by_id=minh.pk)


def test_a_programme_runs_only_after_a_second_person_released_it(ha: Person, minh: Person) -> None:
    version = written(ha, make.greet())
    people.employee(since=date(2027, 3, 1), zone="UTC")
    with pytest.raises(Refusal):
        drafting.switch(programme=version.programme, on=True)
    with pytest.raises(Refusal):
        drafting.approve(version=version, at=AT, by_id=minh.pk)
    drafting.ask(version=version, inside=Inside.FINISH, at=AT, by_id=ha.pk)
    with pytest.raises(NotAllowed):
        drafting.approve(version=version, at=AT, by_id=ha.pk)
    with pytest.raises(Refusal):
        stepping.put_step(version=version, position=None, step=make.greet(), at=AT, by_id=minh.pk)
    assert actions.begin_due(at=FIRST) == 0
    drafting.approve(version=version, at=AT, by_id=minh.pk)
    assert actions.begin_due(at=FIRST) == 1


def test_the_database_too_wants_two_pairs_of_eyes(ha: Person) -> None:
    version = written(ha, make.greet())
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeVersion.objects.filter(pk=version.pk).update(
            state="released", released_at=AT, released_by_id=ha.pk
        )  # fmt: skip


def test_whoever_wrote_last_is_the_author(ha: Person, minh: Person) -> None:
    version = written(ha, make.greet())
    stepping.put_step(version=version, position=0, step=make.greet("Hi"), at=AT, by_id=minh.pk)
    drafting.ask(version=version, inside=Inside.FINISH, at=AT, by_id=minh.pk)
    with pytest.raises(NotAllowed):
        drafting.approve(version=version, at=AT, by_id=minh.pk)
    assert drafting.approve(version=version, at=AT, by_id=ha.pk).is_active


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([], "at least one step"),
        ([make.wait(1)], "at least one step"),
        ([make.greet(), {"kindness": "end"}, make.greet()], "Nothing comes after the end"),
        ([make.greet(), make.wait(2)], "After the last wait"),
        ([make.greet(), make.branch("opened", [make.greet()], [make.call()])], "add a wait before"),
        ([make.greet(), make.wait(1), make.branch("opened", [make.wait(2)], [make.call()])], "After the last wait"),
        ([make.greet(), make.wait(1), make.branch("gift-chosen", [], [make.call()])], "no step before"),
        ([make.greet(), make.wait(1), make.branch("opened", [], [])], "on one side at least"),
        ([make.greet(), make.wait(1), make.branch("opened", [END], [END]), make.call()], "Nothing comes after the end"),
        ([{"kindness": "offer-gift", "budget": "1", "currency": "VND", "days": 5}] * 2, "offers one gift"),
    ],
)
def test_what_leads_nowhere_is_not_looked_at(ha: Person, steps: list[dict[str, Any]], sentence: str) -> None:
    version = written(ha, *steps)
    with pytest.raises(BadInput, match=sentence):
        drafting.ask(version=version, inside=Inside.FINISH, at=AT, by_id=ha.pk)


@pytest.mark.parametrize(
    "step",
    [
        make.greet("Hello, {salary}!"),
        {**make.greet(), "title": {"en": "Hello"}},
        make.wait(0),
        make.wait(1, "moons"),
        {**make.call(), "owner": "nobody"},
        {"kindness": "curse"},
        {"kindness": "offer-gift", "budget": "NaN", "currency": "VND", "days": 5},
    ],
)
def test_a_wrong_step_is_refused_in_one_sentence(ha: Person, step: dict[str, Any]) -> None:
    version = begun(ha)
    with pytest.raises(BadInput):
        stepping.put_step(version=version, position=None, step=step, at=AT, by_id=ha.pk)
    version.refresh_from_db()
    assert version.steps == []


@pytest.mark.parametrize(
    ("inside", "outcome", "titles"),
    [
        (Inside.FINISH, (Outcome.FINISHED, 1), ["Old"]),
        (Inside.MOVE, (Outcome.FINISHED, 2), ["New"]),
        (Inside.STOP, (Outcome.STOPPED, 1), []),
    ],
)
def test_people_inside_finish_the_old_version_move_or_are_stopped(
    ha: Person, minh: Person, inside: str, outcome: tuple[str, int], titles: list[str]
) -> None:
    from kith.messaging.deliveries.models import Message  # noqa: PLC0415

    programme = released(ha, minh, make.wait(2), make.greet("Old"))
    people.employee(since=date(2027, 3, 1), zone="UTC")
    actions.begin_due(at=FIRST)
    actions.do_due(at=FIRST)
    following = drafting.redraft(programme=programme, at=FIRST, by_id=ha.pk)
    stepping.put_step(version=following, position=1, step=make.greet("New"), at=FIRST, by_id=ha.pk)
    drafting.ask(version=following, inside=inside, at=FIRST, by_id=ha.pk)
    drafting.approve(version=following, at=FIRST, by_id=minh.pk)
    actions.begin_due(at=FIRST + timedelta(days=2))
    actions.do_due(at=FIRST + timedelta(days=2))
    run = Run.objects.get()
    assert (run.outcome, run.version.version) == outcome
    assert [m.title["en"] for m in Message.objects.all()] == titles


def test_only_who_got_the_same_so_far_goes_on_in_the_new_version(ha: Person, minh: Person) -> None:
    programme = released(ha, minh, make.greet("One"), make.wait(2), make.greet("Two"))
    people.employee(since=date(2027, 3, 1), zone="UTC")
    actions.begin_due(at=FIRST)
    actions.do_due(at=FIRST)
    following = drafting.redraft(programme=programme, at=FIRST, by_id=ha.pk)
    assert movable(following) == (1, 0)
    stepping.put_step(version=following, position=0, step=make.greet("Another"), at=FIRST, by_id=ha.pk)
    following.refresh_from_db()
    assert movable(following) == (0, 1)
    drafting.ask(version=following, inside=Inside.MOVE, at=FIRST, by_id=ha.pk)
    drafting.approve(version=following, at=FIRST, by_id=minh.pk)
    actions.do_due(at=FIRST + timedelta(days=2))
    run = Run.objects.get()
    assert (run.outcome, run.version.version) == (Outcome.FINISHED, 1)


def test_a_retired_programme_stays_as_it_is(ha: Person, minh: Person) -> None:
    programme = released(ha, minh, make.wait(2), make.greet())
    people.employee(since=date(2027, 3, 1), zone="UTC")
    actions.begin_due(at=FIRST)
    drafting.retire(programme=programme, inside=Inside.STOP, at=FIRST)
    assert Run.objects.get().state == RunState.ENDED
    with pytest.raises(Refusal):
        drafting.switch(programme=programme, on=True)
    with pytest.raises(Refusal):
        drafting.redraft(programme=programme, at=FIRST, by_id=ha.pk)


def test_a_shop_cares_for_people_outside_the_house_only(ha: Person) -> None:
    version = _shop(ha)
    drafting.edit(version=version, draft=Draft(rule={"everyone": True}, hour=9, settings=_EVERY, caps=Caps()),
                  at=AT, by_id=ha.pk)  # fmt: skip
    version.refresh_from_db()
    from kith.people.segments.queries import contains  # noqa: PLC0415

    inside = people.employee()
    outside = people.customer()
    assert not contains(rule=version.rule, person_id=inside.pk, day=AT.date())
    assert contains(rule=version.rule, person_id=outside.pk, day=AT.date())


_EVERY = {"tie": "customer", "every": 1, "unit": "months"}


def _shop(by: Person) -> ProgrammeVersion:
    made = drafting.start(
        name=Text(make.words("Tea")), moment="regular", settings=_EVERY, keeper="shop", at=AT, by_id=by.pk
    )
    version = draft_of(made)
    assert version is not None
    return version
