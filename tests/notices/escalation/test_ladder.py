from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Channel, Delivery, Message
from kith.notices.escalation.tasks import escalate_due
from kith.notices.publishing.actions import withdraw
from kith.notices.publishing.models import Escalation, Notice, Wave
from kith.notices.rulebook.book import Step, StepKind
from kith.people.calendars.actions import record_absence, set_deputies
from kith.promises.duty.actions import set_holders
from tests.access import make as access
from tests.notices import make
from tests.notices.publishing.test_notices import answer
from tests.notices.rulebook.test_rulebook import laid_down
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)
DUE = AT + timedelta(hours=4)
LADDER = (
    Step(StepKind.CHANNELS, 10), Step(StepKind.MANAGER, 10), Step(StepKind.DEPUTY, 10), Step(StepKind.DUTY, 10),
)  # fmt: skip


def waves(notice: Notice) -> list[tuple[str, str, int, int]]:
    rows = Wave.objects.filter(notice=notice).order_by("step")
    return [(wave.kind, wave.outcome, wave.outstanding, wave.sent) for wave in rows]


def told(person: Any, words: str) -> int:
    return Delivery.objects.filter(person_id=person.pk, message__title__en__startswith=words).count()


def test_step_by_step_with_the_times_of_each_and_what_came_of_it() -> None:
    laid_down(steps=LADDER)
    plant = make.plant()
    holder = people.employee("Duty", unit=plant.unit)
    set_holders(code="notices", persons=[holder], at=AT, by_id=None)
    set_deputies(person=plant.manager, deputies=[plant.deputy])
    notice = make.published(plant.author)
    escalate_due.run(DUE + timedelta(minutes=9))
    assert waves(notice) == []
    escalate_due.run(DUE + timedelta(minutes=10))
    reminder = Message.objects.get(dedupe_key__startswith="notice-reminder:")
    send_out(message_id=reminder.pk, at=DUE + timedelta(minutes=10))
    assert Delivery.objects.filter(message=reminder).count() == 6
    escalate_due.run(DUE + timedelta(minutes=20))
    assert told(plant.manager, "Some of your people") == 1
    escalate_due.run(DUE + timedelta(minutes=30))
    assert told(plant.deputy, "Some of your people") == 1
    escalate_due.run(DUE + timedelta(hours=9))
    escalate_due.run(DUE + timedelta(hours=10))
    assert waves(notice) == [
        ("channels", "sent", 6, 6), ("manager", "sent", 6, 1), ("deputy", "sent", 6, 1), ("duty", "sent", 6, 1),
    ]  # fmt: skip
    due = list(Wave.objects.order_by("step").values_list("due_at", flat=True))
    assert due == [DUE + timedelta(minutes=10 * number) for number in (1, 2, 3, 4)]
    notice.refresh_from_db()
    assert (notice.next_wave_at, notice.escalated_at) == (None, DUE + timedelta(hours=9))
    assert Escalation.objects.get(manager=None).sent_to == holder
    assert access.client(holder).get(f"/desk/notices/{notice.public_id}/mine/").status_code == 200


def test_it_stops_once_enough_have_answered_and_says_so() -> None:
    laid_down(steps=LADDER, enough_percent=40)
    plant = make.plant()
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    escalate_due.run(DUE + timedelta(minutes=10))
    answer(notice, plant.workers[1])
    escalate_due.run(DUE + timedelta(hours=9))
    assert waves(notice) == [("channels", "sent", 4, 4), ("manager", "enough", 3, 0)]
    notice.refresh_from_db()
    assert notice.next_wave_at is None


def test_a_vacancy_leads_up_the_tree_and_an_absent_manager_to_the_deputy() -> None:
    laid_down(steps=(Step(StepKind.MANAGER, 0),))
    plant = make.plant()
    root = plant.unit.parent
    assert root is not None
    root.manager = plant.author
    root.save()
    plant.unit.manager = None
    plant.unit.save()
    set_deputies(person=plant.author, deputies=[plant.deputy])
    record_absence(person=plant.author, since=DAY, until=DAY, at=AT, by_id=None)
    notice = make.published(plant.author)
    escalate_due.run(DUE)
    line = Escalation.objects.get(notice=notice)
    assert (line.manager, line.sent_to, line.outstanding) == (plant.author, plant.deputy, 4)


def test_with_nobody_to_send_it_to_that_is_recorded() -> None:
    laid_down(steps=(Step(StepKind.MANAGER, 0),))
    notice = make.published(people.employee())
    escalate_due.run(DUE)
    assert waves(notice) == [("manager", "nobody", 1, 0)]


def test_the_reminder_goes_by_mail_to_all_who_have_a_mailbox_and_to_nobody_who_answered() -> None:
    laid_down(steps=(Step(StepKind.CHANNELS, 0),))
    plant = make.plant()
    silent = people.employee("Silent", unit=plant.unit, mailbox="")
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    escalate_due.run(DUE)
    reminder = Message.objects.get(dedupe_key__startswith="notice-reminder:")
    answer(notice, plant.workers[1])
    send_out(message_id=reminder.pk, at=DUE)
    rows = dict(Delivery.objects.filter(message=reminder).values_list("person_id", "channel"))
    assert set(rows) == {plant.author.pk, plant.manager.pk, plant.deputy.pk, silent.pk}
    assert rows[silent.pk] == Channel.INBOX
    assert rows[plant.manager.pk] == Channel.MAIL


def test_a_withdrawn_notice_escalates_no_more() -> None:
    laid_down(steps=LADDER)
    author = people.employee()
    notice = make.published(author)
    withdraw(notice=notice, by=author, at=AT)
    escalate_due.run(DUE + timedelta(days=1))
    assert waves(notice) == []


def test_the_managers_step_takes_the_same_queries_for_one_and_for_twenty_people() -> None:
    laid_down(steps=(Step(StepKind.MANAGER, 0),))
    counts = []
    for number in (1, 20):
        plant = make.plant()
        for _ in range(number):
            people.employee(unit=plant.unit)
        Notice.objects.update(next_wave_at=None)
        make.published(plant.author)
        with CaptureQueriesContext(connection) as captured:
            escalate_due.run(DUE)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_excused_are_not_reminded_and_those_out_of_reach_stand_on_their_managers_list() -> None:
    laid_down(steps=LADDER[:2])
    plant = make.plant()
    lan, minh = plant.workers
    record_absence(person=lan, since=DAY, until=DAY, at=AT, by_id=None)
    silent = people.employee("Silent", unit=plant.unit, mailbox="")
    notice = make.published(plant.author)
    escalate_due.run(DUE + timedelta(minutes=20))
    reminder = Message.objects.get(dedupe_key__startswith="notice-reminder:")
    send_out(message_id=reminder.pk, at=DUE)
    reminded = set(Delivery.objects.filter(message=reminder).values_list("person_id", flat=True))
    assert lan.pk not in reminded
    assert minh.pk in reminded
    shown = access.client(plant.manager).get(f"/desk/notices/{notice.public_id}/mine/").content.decode()
    assert silent.name in shown
    assert f"/people/{lan.public_id}/" not in shown
