"""Random lives of a notice: joins, moves, leaves, absences, answers, edits, mail down and up, reminders, the end.

Whatever happens in whatever order, totals are the audience, nobody is asked twice or forgotten, every answer is kept
and bound to the text that was read, and nothing is owed without a due time or by somebody who left.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kith.access.grants.models import Grant
from kith.kernel.facts import LISTENERS
from kith.kernel.facts.telling import tell_listener
from kith.kernel.refusals import Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries.answering import READ, Said
from kith.messaging.deliveries.models import ANSWERED, OUTSTANDING, Delivery, State, SupersededAcknowledgement
from kith.messaging.deliveries.rendering import renderings
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut, MailState
from kith.notices.audiences.tasks import keep_up_all, settle_due
from kith.notices.escalation.tasks import escalate_due
from kith.notices.promises import Acknowledgements
from kith.notices.publishing.actions import amend
from kith.notices.publishing.models import Notice, Wave, WaveOutcome
from kith.notices.publishing.queries import standing
from kith.people.calendars.actions import record_absence
from kith.people.organizations.models import Unit
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.segments.queries import ids
from kith.people.ties.actions import leave, move
from kith.people.ties.models import Tie
from kith.promises.duty.actions import set_holders
from tests.notices import make
from tests.notices.publishing.test_notices import answer
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db
WHO = st.integers(0, 40)
QUIET = settings(
    max_examples=25,
    stateful_step_count=25,
    phases=(Phase.generate,),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
DUE = AT + timedelta(hours=30)
ENDS = AT + timedelta(days=6)


class Life(RuleBasedStateMachine):
    """A plant and a notice to one of its units that holds for six days and is due after thirty hours."""

    hears = True

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at = AT
        self.plant = make.plant()
        company = self.plant.unit.organization
        self.other = people.unit(organization=company)
        self.site = people.site(organization=company)
        admin = people.employee("Admin", unit=self.other, site=self.site)
        Grant.objects.create(person=admin, role="administrator", since=people.AT)
        set_holders(code="notices", persons=[admin], at=AT, by_id=None)
        self.persons: list[Person] = [self.plant.manager, *self.plant.workers]
        self.notice = make.published(
            self.plant.author,
            rule={"attribute": "unit", "is": [self.plant.unit.path]},
            due_at=DUE,
            expires_at=ENDS,
            may_decline=True,
        )
        self.answers = 0
        self.edits = 0
        self.valid = self.hashes()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def one(self, number: int) -> Person:
        return self.persons[number % len(self.persons)]

    def kept(self) -> Notice:
        return Notice.objects.select_related("message").get(pk=self.notice.pk)

    def hashes(self) -> set[str]:
        """Return the hashes of the text in force."""
        message = self.kept().message
        return set(renderings(message)) if message is not None else set()

    def rows(self) -> list[Delivery]:
        return list(Delivery.objects.filter(message_id=self.notice.message_id).select_related("message"))

    def heard(self) -> None:
        if self.hears:
            for name in LISTENERS.names():
                if name.startswith("notices."):
                    tell_listener(name=name, at=self.at)

    @rule(here=st.booleans())
    def somebody_is_hired(self, *, here: bool) -> None:
        unit = self.plant.unit if here else self.other
        self.persons.append(people.employee(unit=unit, site=self.site, since=self.at.date()))
        self.tick()

    @rule(who=WHO, here=st.booleans())
    def somebody_moves(self, who: int, *, here: bool) -> None:
        tie = Tie.objects.filter(person=self.one(who)).first()
        if tie is not None and tie.until is None:
            unit: Unit = self.plant.unit if here else self.other
            try:
                with transaction.atomic():
                    move(tie=tie, unit=unit, site=self.site, since=self.at.date(), at=self.at, by_id=None)
            except Refusal:
                return
            self.heard()

    @rule(who=WHO, in_days=st.integers(-1, 3))
    def somebody_leaves(self, who: int, in_days: int) -> None:
        try:
            with transaction.atomic():
                leave(person=self.one(who), on=self.at.date() + timedelta(days=in_days), at=self.at, by_id=None)
        except Refusal:
            return
        self.heard()

    @rule(who=WHO)
    def somebody_is_put_out(self, who: int) -> None:
        deactivate(person=self.one(who), at=self.at, by_id=None)
        self.heard()

    @rule(who=WHO, lasts=st.integers(0, 9))
    def somebody_is_away(self, who: int, lasts: int) -> None:
        since = self.at.date()
        record_absence(person=self.one(who), since=since, until=since + timedelta(days=lasts), at=self.at, by_id=None)

    @rule(who=WHO, declines=st.booleans())
    def somebody_answers(self, who: int, *, declines: bool) -> None:
        says = Said(declined="I may not") if declines else READ
        row = Delivery.objects.filter(message_id=self.notice.message_id, person_id=self.one(who).pk).first()
        if row is None:
            return
        fresh = row.state not in ANSWERED
        try:
            with transaction.atomic():
                answer(self.notice, self.one(who), at=self.at, says=says)
        except Refusal:
            return
        self.answers += fresh

    @rule(editorial=st.booleans())
    def the_text_is_edited(self, *, editorial: bool) -> None:
        self.edits += 1
        body = Text({tag: f"{words} ({self.edits})" for tag, words in make.BODY.items()})
        try:
            with transaction.atomic():
                amend(
                    notice=self.kept(), title=make.TITLE, body=body, editorial=editorial, by=self.plant.author,
                    at=self.at, approved_by=self.plant.deputy,
                )  # fmt: skip
        except Refusal:
            return
        self.valid = self.hashes() | (self.valid if editorial else set())

    @rule(down=st.booleans())
    def the_mail_server_goes_or_comes(self, *, down: bool) -> None:
        assert self.notice.message_id is not None
        make_mails(message_id=self.notice.message_id, after=0, upto=10**9, at=self.at)
        state = MailState.FAILED if down else MailState.SENT
        MailOut.objects.filter(delivery_id__in=[row.pk for row in self.rows()]).update(state=state)

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        self.tick()

    def tick(self) -> None:
        settle_due.run(self.at)
        escalate_due.run(self.at)
        if self.hears:
            keep_up_all.run(self.at)

    @invariant()
    def totals_are_the_audience_and_nobody_stands_in_it_twice(self) -> None:
        stands = standing(self.kept(), at=self.at)
        rows = self.rows()
        assert stands.audience == len(rows) == len({row.person_id for row in rows})
        assert stands.audience == sum(number for _key, _label, number in stands.rows)

    @invariant()
    def while_it_holds_its_audience_is_who_belongs_now(self) -> None:
        self.tick()
        if self.at >= ENDS:
            return
        belong = set(ids(rule=self.notice.rule or {}, day=self.at.date()))
        states = {row.person_id: State(row.state) for row in self.rows()}
        assert {key for key in belong if states.get(key, State.LEFT) == State.LEFT} == set()
        gone = {key for key, state in states.items() if key not in belong}
        assert {states[key] for key in gone} <= {State.LEFT, *map(State, ANSWERED)}

    @invariant()
    def every_answer_is_kept_and_bound_to_a_text_that_still_holds(self) -> None:
        answered = [row for row in self.rows() if row.state in ANSWERED]
        superseded = SupersededAcknowledgement.objects.filter(message_id=self.notice.message_id).count()
        assert len(answered) + superseded == self.answers
        for row in answered:
            assert row.seen_sha256 in self.valid
            assert row.acknowledged_at is not None
            late = row.acknowledged_at > DUE
            assert (row.state == State.LATE) is late or row.state == State.DECLINED

    @invariant()
    def what_is_owed_has_a_due_time_and_somebody_who_is_here(self) -> None:
        owing = {row.person_id for row in self.rows() if row.state in OUTSTANDING}
        if self.at < ENDS:
            belong = set(ids(rule=self.notice.rule or {}, day=self.at.date()))
            assert owing <= belong
        else:
            assert owing == set()
        for person_id in owing:
            (debt,) = Acknowledgements().owed_by(person_id=person_id, at=self.at)
            assert debt.due_at == DUE
        assert not Wave.objects.filter(kind="duty", outstanding__gt=0, outcome=WaveOutcome.NOBODY).exists()


class Deaf(Life):
    """The same plant, whose notices hear nothing and never look."""

    hears = False


def test_whatever_happens_to_a_notice_its_totals_and_answers_hold() -> None:
    run_state_machine_as_test(Life, settings=QUIET)


@pytest.mark.parametrize(("kind", "breaks"), [(Life, False), (Deaf, True)])
def test_control_a_notice_that_hears_nothing_forgets_who_joined(kind: type[Life], *, breaks: bool) -> None:
    life = kind()
    life.somebody_is_hired(here=True)
    try:
        if breaks:
            with pytest.raises(AssertionError):
                life.while_it_holds_its_audience_is_who_belongs_now()
        else:
            life.while_it_holds_its_audience_is_who_belongs_now()
    finally:
        life.teardown()


def test_control_an_answer_that_is_lost_is_seen() -> None:
    life = Life()
    life.somebody_answers(who=1, declines=False)
    life.every_answer_is_kept_and_bound_to_a_text_that_still_holds()
    Delivery.objects.filter(person_id=life.one(1).pk).update(state=State.SENT, acknowledged_at=None)
    try:
        with pytest.raises(AssertionError):
            life.every_answer_is_kept_and_bound_to_a_text_that_still_holds()
    finally:
        life.teardown()
