from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kith.care.errands.actions import finish
from kith.care.errands.models import Errand
from kith.care.mutes.actions import mute
from kith.care.programmes import actions
from kith.care.programmes.calendars import WORKS, WorkingDays
from kith.care.programmes.models import Outcome, Run, RunState, StepDone
from kith.care.wishes.actions import choose_hour, refuse, welcome_again
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import NotAllowed
from kith.kernel.subjects import Subject
from kith.ledger.lots.queries import balance
from kith.messaging.deliveries.models import Message
from kith.people.calendars.models import Holiday, HoursVersion
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.promises.commitments.models import Promise, State
from tests.access import make as access
from tests.care import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
SINCE = date(2027, 3, 1)
JOINED: dict[str, Any] = {"tie": "employee", "number": 1}
FIRST = datetime(2027, 3, 1, 9, tzinfo=UTC)


def go(at: datetime) -> None:
    actions.begin_due(at=at)
    actions.do_due(at=at)


@pytest.fixture
def boss(db: None) -> Person:
    made = people.employee(zone="UTC")
    access.grant(made, "administrator")
    return made


def joiner(boss: Person, **given: Any) -> Person:
    return people.employee(**{"since": SINCE, "zone": "UTC", "manager": boss, **given})


def test_steps_come_one_after_the_other_and_waits_end_at_the_hour(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.greet("One"), make.wait(3), make.greet("Two"), make.wait(2),
                                           make.greet("Three")])  # fmt: skip
    joiner(boss)
    go(FIRST)
    assert [m.title["en"] for m in Message.objects.order_by("id")] == ["One"]
    run = Run.objects.get()
    assert (run.state, run.next_at, run.step) == (RunState.WAITING, FIRST + timedelta(days=3), 2)
    go(FIRST + timedelta(days=3, minutes=-1))
    assert Message.objects.count() == 1
    go(FIRST + timedelta(days=3))
    go(FIRST + timedelta(days=3))
    assert Message.objects.count() == 2
    go(FIRST + timedelta(days=5))
    run.refresh_from_db()
    assert (run.state, run.outcome, run.next_at) == (RunState.DONE, Outcome.FINISHED, None)
    assert list(StepDone.objects.order_by("id").values_list("position", flat=True)) == [0, 2, 4]


def test_working_days_are_those_of_the_persons_site(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.wait(3, "working-days"), make.greet()])
    site = people.site(calendar=people.calendar())
    Holiday.objects.create(calendar=site.calendar, date=date(2027, 3, 3), name={"en": "Day off"})
    here, elsewhere = joiner(boss, site=site), joiner(boss)
    go(FIRST)
    ends = dict(Run.objects.values_list("person_id", "next_at"))
    assert ends[elsewhere.pk] == datetime(2027, 3, 4, 9, tzinfo=UTC)
    assert ends[here.pk] == datetime(2027, 3, 5, 9, tzinfo=UTC)


def test_working_days_follow_a_change_of_hours_from_its_day_on(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.wait(3, "working-days"), make.greet()])
    site = people.site(calendar=people.calendar())
    week = {str(day): [["08:00", "12:00"]] for day in (3, 4)}
    HoursVersion.objects.create(calendar=site.calendar, valid_from=date(2027, 3, 3), intervals=week, set_at=FIRST)
    here, elsewhere = joiner(boss, site=site), joiner(boss)
    go(FIRST)
    ends = dict(Run.objects.values_list("person_id", "next_at"))
    assert ends[elsewhere.pk] == datetime(2027, 3, 4, 9, tzinfo=UTC)
    assert ends[here.pk] == datetime(2027, 3, 5, 9, tzinfo=UTC)


def test_the_database_knows_the_same_working_days() -> None:
    calendar = people.calendar()
    Holiday.objects.create(calendar=calendar, date=date(2027, 3, 12), name={"en": "Day off"})
    for first, days in ((date(2027, 3, 3), (3, 4)), (date(2027, 3, 10), ()), (date(2027, 3, 17), (5, 6))):
        week = {str(day): [["08:00", "12:00"]] for day in days}
        HoursVersion.objects.create(calendar=calendar, valid_from=first, intervals=week, set_at=FIRST)
    works = WorkingDays().of(calendar.pk)
    asked = f"""
        SELECT d::date, {WORKS.format(day="d::date")} FROM people_calendar k,
        generate_series(date '2027-02-22', date '2027-03-28', interval '1 day') AS d WHERE k.id = %s
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, [calendar.pk])
        rows = cursor.fetchall()
    assert len(rows) == 35
    assert [(day, works(day)) for day, _works in rows] == rows


def test_a_call_is_a_promise_of_the_line_manager_who_alone_can_keep_it(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.call()])
    lan = joiner(boss, preferred_name="Lan")
    go(FIRST)
    go(FIRST)
    errand, promise = Errand.objects.get(), Promise.objects.get()
    assert (promise.owner, promise.kind, promise.subject) == (boss, "care-call", f"errand:{errand.pk}")
    assert errand.words["en"] == "Call Lan"
    with pytest.raises(NotAllowed):
        finish(errand=errand, by=lan, note="Done", at=FIRST)
    assert finish(errand=errand, by=boss, note="All is well", at=FIRST).state == State.KEPT


def test_points_are_credited_once(boss: Person) -> None:
    credit = {"kindness": "credit", "kind": "recognition", "amount": 25, "days": 0}
    from kith.voice.ideas.kinds import POINTS  # noqa: PLC0415

    make.programme("joining-day", JOINED, [{**credit, "kind": POINTS}])
    lan = joiner(boss)
    go(FIRST)
    Run.objects.update(state=RunState.DUE, step=0)
    StepDone.objects.all().delete()
    go(FIRST)
    assert balance(holder=Subject("person", lan.pk), kind=POINTS, as_of=SINCE).available == Decimal(25)


def test_refusing_ends_everything_at_once_and_nothing_begins_until_one_is_back(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.call(), make.wait(3), make.greet()])
    lan, late = joiner(boss), joiner(boss, since=date(2027, 3, 2))
    go(FIRST)
    refuse(person=lan, at=FIRST)
    refuse(person=late, at=FIRST)
    run = Run.objects.get()
    assert (run.state, run.outcome) == (RunState.ENDED, Outcome.QUIET)
    assert Promise.objects.get().state == State.WITHDRAWN
    go(FIRST + timedelta(days=4))
    assert (Message.objects.count(), Run.objects.count()) == (0, 1)
    welcome_again(person=late)
    go(FIRST + timedelta(days=4))
    assert Run.objects.filter(person=late).exists()


def test_a_sensitive_time_is_silent_and_its_end_sends_nothing_late(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.wait(2), make.greet()])
    inside, before, other = joiner(boss), joiner(boss, since=date(2027, 3, 3)), joiner(boss)
    go(FIRST)
    for person in (inside, before):
        mute(person=person, since=date(2027, 3, 1), until=date(2027, 3, 3), at=FIRST, by_id=None)
    assert Run.objects.get(person=inside).outcome == Outcome.QUIET
    for days in range(8):
        go(FIRST + timedelta(days=days))
    assert not Run.objects.filter(person=before).exists()
    assert Message.objects.count() == 1
    assert Run.objects.get(person=other).outcome == Outcome.FINISHED


def test_a_time_that_begins_while_a_run_waits_ends_it_without_a_word(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.wait(5), make.greet()])
    lan = joiner(boss)
    go(FIRST)
    mute(person=lan, since=date(2027, 3, 5), until=date(2027, 3, 20), at=FIRST, by_id=None)
    assert Run.objects.get().state == RunState.WAITING
    go(FIRST + timedelta(days=5))
    assert (Run.objects.get().outcome, Message.objects.count()) == (Outcome.QUIET, 0)


def test_who_is_deactivated_leaves_at_once(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.call(), make.wait(5), make.greet()])
    lan = joiner(boss)
    go(FIRST)
    deactivate(person=lan, at=FIRST, by_id=None)
    tell_all(at=FIRST)
    assert Run.objects.get().outcome == Outcome.LEFT
    assert Promise.objects.get().state == State.WITHDRAWN


def test_who_left_meanwhile_gets_nothing_more(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.wait(5), make.greet()])
    joiner(boss, until=date(2027, 3, 4))
    stays = joiner(boss)
    go(FIRST)
    go(FIRST + timedelta(days=5))
    assert {run.person_id == stays.pk: run.outcome for run in Run.objects.all()} == {
        True: Outcome.FINISHED, False: Outcome.LEFT,
    }  # fmt: skip


def test_the_cap_of_entries_counts_a_calendar_period(boss: Person) -> None:
    from kith.care.programmes.drafting import Caps  # noqa: PLC0415

    settings = {"tie": "employee", "every": 2, "unit": "weeks"}
    make.programme("regular", settings, [make.greet()], caps=Caps(entry_cap=1, period="month"))
    joiner(boss)
    for days in range(93):
        go(FIRST + timedelta(days=days))
    days = [run.due_at.date() for run in Run.objects.filter(person__ties__since=SINCE).order_by("due_at")]
    assert days == [date(2027, 3, 15), date(2027, 4, 12), date(2027, 5, 10)]


def test_only_so_many_are_inside_and_the_others_come_when_there_is_room(boss: Person) -> None:
    from kith.care.programmes.drafting import Caps  # noqa: PLC0415

    make.programme("joining-day", JOINED, [make.wait(2), make.greet()], caps=Caps(at_once=2))
    made = [joiner(boss) for _each in range(5)]
    go(FIRST)
    assert list(Run.objects.order_by("id").values_list("person_id", flat=True)) == [p.pk for p in made[:2]]
    for days in range(1, 13):
        go(FIRST + timedelta(days=days))
        assert Run.objects.filter(state=RunState.WAITING).count() <= 2
    assert Run.objects.filter(outcome=Outcome.FINISHED).count() == 5
    assert Run.objects.filter(late=True).count() == 3


def test_the_persons_own_hour_counts(boss: Person) -> None:
    make.programme("joining-day", JOINED, [make.greet()])
    choose_hour(person=joiner(boss), hour=17)
    go(FIRST)
    assert Run.objects.count() == 0
    go(FIRST + timedelta(hours=8))
    assert Run.objects.get().due_at == FIRST + timedelta(hours=8)
