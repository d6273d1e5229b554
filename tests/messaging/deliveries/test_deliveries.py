from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries import actions, fanout, queries
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.models import Channel, Delivery, MessageClass, Severity, State, SupersededAcknowledgement
from kith.messaging.deliveries.rendering import render
from kith.people.segments.queries import audience_sql
from tests.messaging import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db
NIGHT_IN_VIETNAM = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # 03:00 there
NOON_IN_VIETNAM = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def delivery(person: Any) -> Delivery:
    return Delivery.objects.select_related("message").get(person_id=person.pk)


def test_each_gets_one_row_by_the_channel_they_can_read() -> None:
    lan, minh = people.person(mailbox=""), people.person()
    make.message([lan, minh, minh])
    assert (delivery(lan).channel, delivery(lan).reason) == (Channel.INBOX, "inbox-only")
    assert delivery(minh).channel == Channel.MAIL
    assert Delivery.objects.count() == 2


def test_a_service_message_waits_for_the_morning_where_the_reader_lives_an_urgent_one_does_not() -> None:
    vietnam, berlin = people.person(), people.person(zone="Europe/Berlin")
    new = NewMessage(title=make.BOTH, body=make.BOTH)
    actions.send_message(message=new, to=[vietnam.pk, berlin.pk], at=NIGHT_IN_VIETNAM)
    assert delivery(vietnam).hold_until == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
    assert delivery(vietnam).reason == "hours"
    assert delivery(berlin).hold_until == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    Delivery.objects.all().delete()
    urgent = NewMessage(title=make.BOTH, body=make.BOTH, severity=Severity.URGENT, message_class=MessageClass.SAFETY)
    actions.send_message(message=urgent, to=[vietnam.pk], at=NIGHT_IN_VIETNAM)
    assert (delivery(vietnam).hold_until, delivery(vietnam).reason) == (None, "breakthrough")
    Delivery.objects.all().delete()
    actions.send_message(message=new, to=[vietnam.pk], at=NOON_IN_VIETNAM)
    assert (delivery(vietnam).hold_until, delivery(vietnam).reason) == (None, "direct")


def test_the_same_key_is_the_same_message() -> None:
    lan = people.person()
    first, second = (make.message([lan], dedupe_key="notice:7") for _ in range(2))
    assert first == second
    assert Delivery.objects.count() == 1


def test_deactivated_persons_get_nothing() -> None:
    gone = people.person(deactivated_at=AT)
    make.message([gone])
    assert Delivery.objects.count() == 0


def test_an_acknowledgement_names_the_exact_text_and_happens_once() -> None:
    lan = people.person(language="vi")
    message = make.message([lan])
    seen = render(message, language="vi")
    done = actions.acknowledge(
        delivery_id=delivery(lan).pk, person_id=lan.pk, seen_sha256=seen.sha256, at=AT, via="page"
    )
    assert (done.state, done.seen_language, done.seen_sha256) == (State.ACKNOWLEDGED, "vi", seen.sha256)
    later = AT + timedelta(hours=1)
    again = actions.acknowledge(delivery_id=done.pk, person_id=lan.pk, seen_sha256=seen.sha256, at=later, via="mail")
    assert (again.acknowledged_at, again.via) == (AT, "page")


def test_nobody_acknowledges_for_another() -> None:
    lan, minh = people.person(), people.person()
    message = make.message([lan])
    seen = render(message, language="en").sha256
    with pytest.raises(NotFound):
        actions.acknowledge(delivery_id=delivery(lan).pk, person_id=minh.pk, seen_sha256=seen, at=AT, via="page")
    assert delivery(lan).state == State.SENT


def test_after_the_due_time_it_counts_as_late() -> None:
    lan = people.person()
    message = make.message([lan], due_at=AT + timedelta(hours=1))
    seen = render(message, language="en").sha256
    at = AT + timedelta(hours=2)
    done = actions.acknowledge(delivery_id=delivery(lan).pk, person_id=lan.pk, seen_sha256=seen, at=at, via="page")
    assert done.state == State.LATE


def test_a_changed_text_asks_again_and_keeps_the_old_proof_an_editorial_change_does_not() -> None:
    lan = people.person()
    message = make.message([lan])
    old = render(message, language="en").sha256
    actions.acknowledge(delivery_id=delivery(lan).pk, person_id=lan.pk, seen_sha256=old, at=AT, via="page")
    actions.amend_message(message_id=message.pk, title=Text(en="Stop line 3!"), body=make.BOTH, editorial=True, at=AT)
    assert delivery(lan).state == State.ACKNOWLEDGED
    actions.amend_message(message_id=message.pk, title=Text(en="Stop line 4"), body=make.BOTH, editorial=False, at=AT)
    assert delivery(lan).state == State.SENT
    kept = SupersededAcknowledgement.objects.get()
    assert (kept.person_id, kept.seen_sha256, kept.acknowledged_at) == (lan.pk, old, AT)
    with pytest.raises(Refusal, match="changed"):
        actions.acknowledge(delivery_id=delivery(lan).pk, person_id=lan.pk, seen_sha256=old, at=AT, via="page")


def test_states_always_add_up_to_the_audience() -> None:
    readers = [people.person() for _ in range(5)]
    message = make.message(readers, due_at=AT + timedelta(hours=1))
    seen = render(message, language="en").sha256
    for person, at in zip(readers, (AT, AT + timedelta(hours=2)), strict=False):
        actions.acknowledge(delivery_id=delivery(person).pk, person_id=person.pk, seen_sha256=seen, at=at, via="page")
    counts = queries.state_counts(message_id=message.pk)
    assert (counts[State.SENT], counts[State.ACKNOWLEDGED], counts[State.LATE]) == (3, 1, 1)
    assert sum(counts.values()) == 5


def announce() -> Any:
    audience = audience_sql(rule={"everyone": True}, day=date(2026, 11, 25))
    return actions.send_to_audience(message=NewMessage(title=make.BOTH, body=make.BOTH), audience=audience, at=AT)


def test_an_announcement_goes_out_in_ranges_and_a_killed_worker_loses_and_doubles_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everyone = [people.person() for _ in range(25)]
    monkeypatch.setattr(fanout, "RANGE", 10)
    message = announce()
    assert (Delivery.objects.count(), message.sent_out_at) == (0, None)
    fanout.send_one_range(message_id=message.pk, at=AT)
    monkeypatch.setattr(fanout, "push_all", lambda **_: (_ for _ in ()).throw(RuntimeError("killed")))
    with pytest.raises(RuntimeError):
        fanout.send_one_range(message_id=message.pk, at=AT)
    monkeypatch.undo()
    monkeypatch.setattr(fanout, "RANGE", 10)
    message.refresh_from_db()
    assert message.sent_out_at is None
    fanout.send_out(message_id=message.pk, at=AT)
    fanout.send_out(message_id=message.pk, at=AT)
    assert sorted(Delivery.objects.values_list("person_id", flat=True)) == sorted(p.pk for p in everyone)
    message.refresh_from_db()
    assert message.sent_out_at == AT


def test_the_author_waits_for_one_row_only() -> None:
    for _ in range(3):
        people.person()
    with CaptureQueriesContext(connection) as captured:
        announce()
    assert Delivery.objects.count() == 0
    assert len(captured) <= 6


def test_the_inbox_takes_the_same_queries_for_one_and_three() -> None:
    lan = people.person()
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make.message([lan])
        with CaptureQueriesContext(connection) as captured:
            rows = [row.message.title for row in queries.visible_to(person_id=lan.pk)]
            unread = queries.unread_count(person_id=lan.pk)
        counts.append(len(captured))
    assert counts == [2, 2]
    assert (len(rows), unread) == (3, 3)


def test_a_text_that_did_not_change_asks_nobody_again() -> None:
    lan = people.person()
    message = make.message([lan])
    row = Delivery.objects.get()
    seen = render(message, language="en").sha256
    actions.acknowledge(delivery_id=row.pk, person_id=lan.pk, seen_sha256=seen, at=AT, via="page")
    actions.amend_message(message_id=message.pk, title=make.BOTH, body=make.BOTH, editorial=False, at=AT)
    message.refresh_from_db()
    row.refresh_from_db()
    assert (message.version, row.state) == (1, State.ACKNOWLEDGED)
    actions.amend_message(message_id=message.pk, title=Text(en="Stop line 4"), body=make.BOTH, editorial=False, at=AT)
    row.refresh_from_db()
    assert row.state == State.SENT
