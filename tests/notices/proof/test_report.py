from datetime import timedelta
from typing import Any

import pytest

from kith.messaging.deliveries.models import Delivery, State
from kith.notices.proof.desk import duration
from kith.notices.proof.report import report
from tests.notices import make
from tests.notices.publishing.test_notices import answer, signed_in
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def test_median_and_95th_of_a_hundred_by_way_and_the_unreachable_by_cause(django_assert_num_queries: Any) -> None:
    plant = make.plant()
    for _ in range(95):
        people.employee(unit=plant.unit)
    notice = make.published(plant.author)
    rows = list(Delivery.objects.filter(message_id=notice.message_id).order_by("person_id"))
    for number, row in enumerate(rows, start=1):
        row.state, row.via = State.ACKNOWLEDGED, "mail" if number <= 40 else "page"
        row.acknowledged_at = AT + timedelta(minutes=number)
    rows[-1].joined_at = AT + timedelta(minutes=99)
    Delivery.objects.bulk_update(rows, ["state", "via", "acknowledged_at", "joined_at"])
    with django_assert_num_queries(2):
        found = report(notice)
    assert (found.total.answers, found.total.median, found.total.p95) == (
        100,
        timedelta(minutes=49),
        timedelta(minutes=94),
    )
    assert [(way.key, way.answers, way.median) for way in found.ways] == [
        ("page", 60, timedelta(minutes=69)), ("mail", 40, timedelta(minutes=20)),
    ]  # fmt: skip
    Delivery.objects.filter(pk__in=[row.pk for row in rows[:3]]).update(state=State.UNREACHABLE, remark="no-login")
    Delivery.objects.filter(pk=rows[3].pk).update(state=State.UNREACHABLE, remark="mail-failed")
    causes = [(str(cause.label), cause.people) for cause in report(notice).unreachable]
    assert causes[0] == ("no mailbox and no way to sign in", 3)
    assert causes[1][1] == 1


def test_without_an_answer_there_is_no_time(client: Any) -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    found = report(notice)
    assert (found.total.answers, found.total.median, found.ways, found.unreachable) == (0, None, (), ())
    desk = signed_in(plant.author, "communications")
    assert "–" in desk.get(f"/desk/notices/{notice.public_id}/report/").content.decode()
    answer(notice, plant.workers[0], at=AT + timedelta(minutes=12))
    assert "12 minutes" in desk.get(f"/desk/notices/{notice.public_id}/report/").content.decode()
    draft = make.draft(plant.author)
    assert desk.get(f"/desk/notices/{draft.public_id}/report/").status_code == 404


def test_a_span_in_words() -> None:
    spans = [None, timedelta(seconds=1), timedelta(seconds=59), timedelta(minutes=1), timedelta(hours=25, minutes=4)]
    assert [duration(span) for span in spans] == ["–", "1 second", "59 seconds", "1 minute", "25 h 4 min"]
