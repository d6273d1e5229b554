"""The answer guarantee: whatever happens to the organization, an open promise has an owner in service and a due time."""

import itertools
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kith.access.grants.models import Grant
from kith.kernel.facts import LISTENERS
from kith.kernel.facts.telling import tell_listener
from kith.kernel.refusals import Refusal
from kith.people.calendars.actions import record_absence, set_deputies
from kith.people.organizations.actions import merge_unit
from kith.people.organizations.models import Unit
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.ties.actions import leave
from kith.promises.commitments import by_hand, escalation, passing
from kith.promises.commitments.actions import extend, keep, pass_on, pause, withdraw
from kith.promises.commitments.by_hand import Wish
from kith.promises.commitments.invariants import differs
from kith.promises.commitments.models import UNSETTLED, Promise
from kith.promises.commitments.owning import OwnerRule
from kith.promises.commitments.passing import pass_up
from kith.promises.commitments.replaying import replay
from kith.promises.duty.actions import remove_holder
from kith.promises.duty.models import DutyRole
from kith.promises.duty.queries import holders
from kith.promises.service import serving_ids
from tests.people import make as people
from tests.promises.make import MONDAY, Firm, firm, promise

pytestmark = pytest.mark.django_db
WHO = st.integers(0, 50)
FIVE = ("answer", "approval", "call", "delivery", "review")
QUIET = settings(
    max_examples=40,
    stateful_step_count=25,
    phases=(Phase.generate,),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Organization(RuleBasedStateMachine):
    """A firm to which anything may happen but the loss of its last administrator (access forbids that)."""

    passes_on = True

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at = MONDAY
        self.firm: Firm = firm()
        self.persons: list[Person] = [self.firm.ann, self.firm.mai, self.firm.bao]
        self.administrators: list[Person] = [self.firm.dung]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def one(self, number: int) -> Person:
        return self.persons[number % len(self.persons)]

    def open_ones(self) -> list[Promise]:
        return list(Promise.objects.filter(state__in=UNSETTLED).order_by("id"))

    def heard(self) -> None:
        if self.passes_on:
            for name in LISTENERS.names():
                if name.startswith("promises."):
                    tell_listener(name=name, at=self.at)

    def on_one(self, number: int, act: object, **given: object) -> None:
        found = self.open_ones()
        if found:
            try:
                act(found[number % len(found)], at=self.at, by_id=None, **given)  # type: ignore[operator]
            except Refusal:
                transaction.set_rollback(False)

    @rule(who=WHO, waits=WHO, of_unit=st.booleans(), hours=st.integers(1, 60), kind=st.sampled_from(FIVE))
    def something_is_promised(self, who: int, waits: int, hours: int, *, of_unit: bool, kind: str = FIVE[0]) -> None:
        asked = OwnerRule(unit_id=self.firm.production.pk) if of_unit else OwnerRule(person_id=self.one(who).pk)
        within = timedelta(hours=hours)
        promise(asked, at=self.at, within=within, waiting_person_id=self.one(waits).pk, kind=kind)

    @rule(who=WHO, waits=WHO, kind=st.sampled_from(FIVE), days=st.integers(0, 20), asks=st.booleans())
    def something_is_promised_by_hand(self, who: int, waits: int, kind: str, days: int, *, asks: bool) -> None:
        wish = Wish(kind, "By hand", due_on=self.at.date() + timedelta(days=days) if days else None)
        owner, waiting = self.one(who), self.one(waits)
        try:
            with transaction.atomic():
                if asks:
                    by_hand.ask(waiting=waiting, of=owner, wish=wish, at=self.at)
                elif owner.pk in serving_ids(person_ids=[owner.pk], at=self.at):
                    by_hand.owe(owner=owner, to=waiting, wish=wish, at=self.at)
        except Refusal:
            return

    @rule()
    def everybody_is_deputy_of_the_next(self) -> None:
        ring = [*self.persons, self.persons[0]]
        for person, deputy in itertools.pairwise(ring):
            if person != deputy:
                set_deputies(person=person, deputies=[deputy])

    @rule(number=WHO)
    def a_duty_loses_everybody_who_holds_it(self, number: int) -> None:
        """By hand in the database: no action allows it."""
        duties = list(DutyRole.objects.order_by("code"))
        if duties:
            duties[number % len(duties)].holders.all().delete()

    @rule(lasts=st.integers(1, 30))
    def everybody_is_away_at_once(self, lasts: int) -> None:
        since = self.at.date()
        for person in self.persons:
            record_absence(person=person, since=since, until=since + timedelta(days=lasts), at=self.at, by_id=None)
        self.heard()

    @rule(leads=st.booleans())
    def somebody_is_hired(self, *, leads: bool) -> None:
        unit = Unit.objects.filter(closed_on=None).order_by("-id")[0]
        hired = people.employee(unit=unit, manager=self.one(len(self.persons)), since=self.at.date())
        self.persons.append(hired)
        if leads:
            unit.manager = hired
            unit.save()

    @precondition(lambda self: len(self.persons) > 0)
    @rule(who=WHO, in_days=st.integers(-1, 5))
    def somebody_leaves(self, who: int, in_days: int) -> None:
        try:
            leave(person=self.one(who), on=(self.at + timedelta(days=in_days)).date(), at=self.at, by_id=None)
        except Refusal:
            return
        self.heard()

    @rule(who=WHO)
    def somebody_is_put_out(self, who: int) -> None:
        deactivate(person=self.one(who), at=self.at, by_id=None)
        self.heard()

    @rule(who=WHO, begins=st.integers(0, 3), lasts=st.integers(0, 9))
    def somebody_is_away(self, who: int, begins: int, lasts: int) -> None:
        since = self.at.date() + timedelta(days=begins)
        record_absence(person=self.one(who), since=since, until=since + timedelta(days=lasts), at=self.at, by_id=None)
        self.heard()

    @rule(who=WHO, deputy=WHO)
    def somebody_names_a_deputy(self, who: int, deputy: int) -> None:
        if self.one(who) != self.one(deputy):
            set_deputies(person=self.one(who), deputies=[self.one(deputy)])

    @rule()
    def a_unit_loses_its_manager(self) -> None:
        Unit.objects.filter(pk=self.firm.production.pk).update(manager=None)

    @rule()
    def units_are_merged(self) -> None:
        company = self.firm.head_office.organization
        into = people.unit(organization=company, parent=self.firm.head_office, manager=self.one(self.at.day))
        merge_unit(
            unit=Unit.objects.get(pk=self.firm.production.pk), into=into, on=self.at.date(), at=self.at, by_id=None
        )
        self.firm.production = into
        self.heard()

    @rule()
    def a_unit_is_closed(self) -> None:
        Unit.objects.filter(pk=self.firm.production.pk).update(closed_on=self.at.date())

    @rule()
    def another_administrator_is_named(self) -> None:
        person = people.employee("Admin", unit=self.firm.head_office, since=self.at.date())
        Grant.objects.create(person=person, role="administrator", since=self.at)
        self.administrators.append(person)
        self.persons.append(person)

    @rule(number=WHO)
    def an_administrator_is_put_out_but_never_the_last(self, number: int) -> None:
        serving = serving_ids(person_ids=[person.pk for person in self.administrators], at=self.at)
        found = [person for person in self.administrators if person.pk in serving]
        if len(found) > 1:
            deactivate(person=found[number % len(found)], at=self.at, by_id=None)
            self.heard()

    @rule(number=WHO)
    def one_is_passed_up(self, number: int) -> None:
        self.on_one(number, pass_up, reason="for somebody above")

    @rule(number=WHO, to=WHO)
    def one_is_passed_on(self, number: int, to: int) -> None:
        self.on_one(number, pass_on, to=self.one(to), reason="by hand")

    @rule(number=WHO, days=st.integers(1, 20))
    def one_is_extended(self, number: int, days: int) -> None:
        self.on_one(number, extend, until=self.at + timedelta(days=days), reason="more to do")

    @rule(number=WHO, days=st.integers(1, 20))
    def one_is_paused(self, number: int, days: int) -> None:
        self.on_one(number, pause, next_check_at=self.at + timedelta(days=days), reason="waiting")

    @rule(number=WHO)
    def one_is_kept(self, number: int) -> None:
        self.on_one(number, keep, proof="done")

    @rule(number=WHO)
    def one_is_withdrawn(self, number: int) -> None:
        self.on_one(number, withdraw, reason="no longer needed")

    @rule(number=WHO)
    def somebody_gives_up_a_duty(self, number: int) -> None:
        holders = [(role.code, h.person) for role in DutyRole.objects.all() for h in role.holders.all()]
        if holders:
            code, person = holders[number % len(holders)]
            try:
                remove_holder(code=code, person=person, at=self.at, by_id=None)
            except Refusal:
                return

    @rule(hours=st.integers(1, 72))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        if self.passes_on:
            passing.sweep(at=self.at)
            escalation.look(at=self.at)

    @invariant()
    def every_open_promise_has_an_owner_in_service_a_due_time_and_a_next_look(self) -> None:
        open_ones = self.open_ones()
        owners = {p.accountable_id for p in open_ones}
        assert serving_ids(person_ids=owners, at=self.at) == owners
        for each in open_ones:
            assert each.due_at
            assert each.next_check_at
            assert each.chain[-1] == each.owner_id
            assert each.owner_id != each.waiting_person_id or each.duty_role
            if self.passes_on:
                assert each.next_check_at > self.at or each.opened_at == self.at

    @invariant()
    def every_promise_is_exactly_what_its_log_adds_up_to(self) -> None:
        for each in Promise.objects.prefetch_related("events"):
            assert differs(each, replay(each.events.all())) == []

    @invariant()
    def every_duty_is_held_by_somebody_in_service(self) -> None:
        if self.passes_on:
            codes = set(DutyRole.objects.values_list("code", flat=True))
            for held in holders(codes=codes, at=self.at).values():
                assert held
                assert serving_ids(person_ids=held, at=self.at) == set(held)


class Deaf(Organization):
    """The same firm, but promises hear nothing and never look."""

    passes_on = False


def test_whatever_happens_nothing_is_owed_by_nobody() -> None:
    run_state_machine_as_test(Organization, settings=QUIET)


@pytest.mark.parametrize(("kind", "breaks"), [(Organization, False), (Deaf, True)])
def test_negative_control_a_firm_that_passes_nothing_on_breaks_the_guarantee(
    kind: type[Organization], *, breaks: bool
) -> None:
    """If the same steps could not break it without listeners and looks, the test above would prove nothing."""
    firm_ = kind()
    firm_.something_is_promised(who=0, waits=1, of_unit=False, hours=20)
    firm_.somebody_leaves(who=0, in_days=-1)
    try:
        if breaks:
            with pytest.raises(AssertionError):
                firm_.every_open_promise_has_an_owner_in_service_a_due_time_and_a_next_look()
        else:
            firm_.every_open_promise_has_an_owner_in_service_a_due_time_and_a_next_look()
    finally:
        firm_.teardown()
