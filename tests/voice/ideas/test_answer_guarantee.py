"""The answer guarantee of ideas: whatever happens, an idea that waits is owed by somebody in service until a time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kith.kernel.facts import LISTENERS
from kith.kernel.facts.telling import tell_listener
from kith.kernel.refusals import Refusal
from kith.people.calendars.actions import record_absence
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.people.ties.actions import leave
from kith.promises.commitments import escalation, passing
from kith.promises.commitments.models import Promise
from kith.promises.duty.actions import set_holders
from kith.promises.service import serving_ids
from kith.voice.anonymous import actions as nameless
from kith.voice.anonymous.opening import open_box
from kith.voice.filings.queries import broken
from kith.voice.ideas import actions, answering, finishing, merging
from kith.voice.ideas.answering import Answer
from kith.voice.ideas.kinds import ANSWER, DO
from kith.voice.ideas.models import TO_DO, Idea, IdeaState
from kith.voice.ideas.queries import promises_of
from kith.voice.ideas.unowed import unowed
from tests.people import make as people
from tests.promises.make import MONDAY, Firm, firm

pytestmark = pytest.mark.django_db
WHO = st.integers(0, 50)
NO_ROLES: frozenset[str] = frozenset()
QUIET = settings(
    max_examples=15,
    stateful_step_count=25,
    phases=(Phase.generate,),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class House(RuleBasedStateMachine):
    """A firm in which people have ideas, and everything happens to those who owe the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at = MONDAY
        self.firm: Firm = firm()
        set_holders(code="ideas", persons=[self.firm.bao], at=self.at, by_id=None)
        self.persons: list[Person] = [self.firm.ann, self.firm.mai, self.firm.bao]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def heard(self) -> None:
        for name in LISTENERS.names():
            if name.startswith("promises."):
                tell_listener(name=name, at=self.at)

    def attempt(self, act: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                act(**given, at=self.at)
        except Refusal:
            return

    def one(self, number: int) -> Idea | None:
        ideas = list(Idea.objects.order_by("id"))
        return ideas[number % len(ideas)] if ideas else None

    def owner(self, idea: Idea, kind: str = ANSWER) -> Person:
        promise = promises_of(idea).get(kind)
        return promise.owner if promise is not None and promise.owner is not None else self.firm.dung

    @rule(who=WHO)
    def somebody_has_an_idea(self, who: int) -> None:
        serving = serving_ids(person_ids=[person.pk for person in self.persons], at=self.at)
        person = self.persons[who % len(self.persons)]
        if person.pk in serving:
            self.attempt(actions.submit, author=person, title="An idea", text="Of somebody.")

    @rule()
    def somebody_without_a_name_has_one(self) -> None:
        self.attempt(nameless.submit, title="An idea", text="Of nobody.")

    @rule()
    def the_box_is_opened(self) -> None:
        open_box(at=self.at + timedelta(days=1))

    @rule(number=WHO, other=WHO)
    def two_are_merged(self, number: int, other: int) -> None:
        idea, into = self.one(number), self.one(other)
        if idea and into:
            self.attempt(merging.merge, idea=idea, into=into, by=self.owner(idea), roles=NO_ROLES)

    @rule(number=WHO)
    def one_is_taken_apart(self, number: int) -> None:
        if idea := self.one(number):
            self.attempt(merging.unmerge, idea=idea, by=self.owner(idea), roles=frozenset({"leadership"}))

    @rule(number=WHO, state=st.sampled_from([*TO_DO, IdeaState.DONE, IdeaState.ANSWERED, IdeaState.DECLINED]))
    def one_is_answered(self, number: int, state: IdeaState) -> None:
        if idea := self.one(number):
            day = (self.at + timedelta(days=30)).date()
            words = f"A whole sentence about the idea number {idea.pk} at {self.at}."
            said = Answer(state, words, reason="other", cost=None, until=day)
            by = self.owner(idea)
            self.attempt(answering.answer, idea=idea, by=by, roles=frozenset({"leadership"}), said=said)

    @rule(number=WHO)
    def one_is_passed_up(self, number: int) -> None:
        if idea := self.one(number):
            self.attempt(answering.pass_up, idea=idea, by=self.owner(idea), roles=NO_ROLES)

    @rule(number=WHO, understood=st.booleans())
    def the_author_says_whether_it_is_an_answer(self, number: int, *, understood: bool) -> None:
        idea = self.one(number)
        if idea and idea.author is not None:
            self.attempt(actions.rate, idea=idea, by=idea.author, understood=understood, stars=None)
        elif idea:
            self.attempt(nameless.rate, idea=idea, understood=understood)

    @rule(number=WHO, done=st.booleans())
    def one_is_done_or_cannot_be(self, number: int, *, done: bool) -> None:
        if idea := self.one(number):
            by = self.owner(idea, DO)
            if done:
                self.attempt(finishing.implement, idea=idea, by=by, roles=NO_ROLES, outcome="Done.")
            else:
                self.attempt(finishing.decide_anew, idea=idea, by=by, roles=NO_ROLES, reason="No maker.")

    @rule(who=WHO)
    def somebody_leaves(self, who: int) -> None:
        person = self.persons[who % len(self.persons)]
        self.attempt(leave, person=person, on=(self.at - timedelta(days=1)).date(), by_id=None)
        self.heard()

    @rule(who=WHO, lasts=st.integers(0, 200))
    def somebody_is_away(self, who: int, lasts: int) -> None:
        since, person = self.at.date(), self.persons[who % len(self.persons)]
        until = since + timedelta(days=lasts)
        self.attempt(record_absence, person=person, since=since, until=until, by_id=None)
        self.heard()

    @rule()
    def somebody_is_hired(self) -> None:
        unit = Unit.objects.filter(closed_on=None).order_by("-id")[0]
        self.persons.append(people.employee("New", unit=unit, since=self.at.date()))

    @rule(hours=st.integers(1, 72))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        passing.sweep(at=self.at)
        escalation.look(at=self.at)

    @invariant()
    def what_waits_is_owed_by_somebody_in_service_until_a_time(self) -> None:
        assert [idea.pk for idea in unowed()] == []
        owed = Promise.objects.filter(state__in=["open", "paused"], kind__in=[ANSWER, DO])
        for promise in owed:
            assert promise.due_at
        owners = {promise.accountable_id for promise in owed}
        assert serving_ids(person_ids=owners, at=self.at) == owners

    @invariant()
    def nothing_is_owed_twice_or_for_nothing(self) -> None:
        for idea in Idea.objects.all():
            owed = list(Promise.objects.filter(state__in=["open", "paused"], subject=f"idea:{idea.pk}"))
            kinds = sorted(promise.kind for promise in owed if promise.kind in {ANSWER, DO})
            expected = {IdeaState.OPEN: [ANSWER]}.get(IdeaState(idea.state), [])
            if idea.state in TO_DO and idea.merged_into_id is None:
                expected = [DO]
            assert kinds == expected, (idea.pk, idea.state, idea.merged_into_id)

    @invariant()
    def the_chain_holds(self) -> None:
        assert broken() == []


def test_whatever_happens_every_idea_that_waits_is_owed() -> None:
    run_state_machine_as_test(House, settings=QUIET)


class Deaf(House):
    """The same firm, in which promises hear nothing."""

    def heard(self) -> None:
        """Hear nothing."""


@pytest.mark.parametrize(("kind", "breaks"), [(House, False), (Deaf, True)])
def test_negative_control_without_listening_the_guarantee_breaks(kind: type[House], *, breaks: bool) -> None:
    house = kind()
    house.somebody_has_an_idea(who=0)
    house.somebody_leaves(who=1)
    try:
        if breaks:
            with pytest.raises(AssertionError):
                house.what_waits_is_owed_by_somebody_in_service_until_a_time()
        else:
            house.what_waits_is_owed_by_somebody_in_service_until_a_time()
    finally:
        house.teardown()
