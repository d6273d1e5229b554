"""Summaries: several messages in one mail at the person's own hour, of the kinds they chose; nothing where nothing is new."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kith.kernel.facts.telling import tell_all
from kith.messaging.consents.actions import Wish, say, set_digests, set_reach
from kith.messaging.deliveries.actions import mark_opened
from kith.messaging.deliveries.models import Delivery, Message, MessageClass, Severity
from kith.messaging.digests.actions import bring_forward, tell_due
from kith.messaging.digests.models import DigestEntry
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.composing import compose
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.suppressions.actions import suppress
from kith.messaging.suppressions.models import Reason
from kith.people.persons.models import Person
from tests.access import make as access
from tests.messaging import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)  # 12:00 in Hà Nội
FIVE = datetime(2026, 11, 25, 10, tzinfo=UTC)  # 17:00 there


@pytest.fixture
def lan() -> Person:
    made = people.employee("Trần Thị Lan", language="en", mailbox="lan@example.com")
    set_reach(person_id=made.pk, wish=Wish(digest_hour=17))
    set_digests(person_id=made.pk, every={"service": "daily", "survey": "daily"})
    return made


def sent(*to: Person, at: datetime = NOON, **given: Any) -> Message:
    message = make.message(to, at=at, **{"needs_acknowledgement": False, **given})
    tell_all(at=at)
    make_mails(message_id=message.pk, after=0, upto=max(person.pk for person in to), at=at)
    return message


def test_what_came_over_the_day_is_told_in_one_mail_at_the_hour_chosen(lan: Person) -> None:
    minh = people.employee()
    for n in range(3):
        sent(lan, minh, at=NOON + timedelta(minutes=n))
    assert MailOut.objects.filter(person_id=minh.pk).count() == 3
    assert not MailOut.objects.filter(person_id=lan.pk).exists()
    assert tell_due(at=FIVE - timedelta(minutes=1)) == 0
    assert tell_due(at=FIVE) == 1
    mail = MailOut.objects.get(person_id=lan.pk)
    assert (mail.subject, mail.wording, mail.message_class) == ("Your summary: 3", "messaging.digest", "service")
    assert mail.text.count("Stop line 3") == mail.html.count(">Stop line 3<") == 3
    assert tell_due(at=FIVE + timedelta(hours=1)) == 0
    assert set(DigestEntry.objects.values_list("mail_id", flat=True)) == {mail.pk}


def test_what_is_urgent_or_to_be_acknowledged_is_never_told_together(lan: Person) -> None:
    for given in ({"severity": Severity.URGENT}, {"needs_acknowledgement": True}, {"message_class": MessageClass.SAFETY},
                  {"message_class": MessageClass.TRANSACTIONAL}):  # fmt: skip
        sent(lan, **given)
    assert MailOut.objects.count() == 4
    assert not DigestEntry.objects.exists()


def test_no_mail_where_everything_was_read_or_nothing_came(lan: Person) -> None:
    message = sent(lan)
    mark_opened(delivery=Delivery.objects.get(message=message), at=NOON)
    assert tell_due(at=FIVE) == 0
    assert not MailOut.objects.exists()
    assert DigestEntry.objects.get().done_at == FIVE
    assert tell_due(at=FIVE + timedelta(days=1)) == 0


def test_what_was_refused_meanwhile_is_left_out_and_a_summary_with_surveys_can_be_refused_with_one_click(
    lan: Person,
) -> None:
    sent(lan, message_class=MessageClass.SURVEY)
    sent(lan)
    tell_due(at=FIVE)
    composed = compose(MailOut.objects.get())
    assert composed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert composed["List-Id"] == "<survey.localhost>"
    minh = people.employee(language="en")
    set_digests(person_id=minh.pk, every={"survey": "daily", "service": "daily"})
    sent(minh, message_class=MessageClass.SURVEY)
    sent(minh)
    say(person_id=minh.pk, message_class="survey", given=False, source="page", at=NOON)
    tell_due(at=FIVE + timedelta(days=1))
    mail = MailOut.objects.get(person_id=minh.pk)
    assert (mail.subject, mail.message_class) == ("Your summary: 1", "service")
    assert compose(mail)["List-Unsubscribe"] is None


def test_a_summary_to_a_mailbox_out_of_reach_is_not_written(lan: Person) -> None:
    sent(lan)
    suppress(address=lan.mailbox, person_id=lan.pk, reason=Reason.HARD, detail="", at=NOON)
    assert tell_due(at=FIVE) == 0
    assert not MailOut.objects.exists()
    assert Delivery.objects.get().reason == "bounced"


def test_who_wants_it_at_once_again_gets_what_waits_at_the_next_look(lan: Person) -> None:
    sent(lan)
    given = {"day_begins": "7", "day_ends": "21", "service": "on", "survey": "on", "marketing": "on"}
    assert access.client(lan).post("/me/notifications/", {**given, "digest_survey": "daily"}).status_code == 302
    entry = DigestEntry.objects.get()
    bring_forward(person_id=lan.pk, message_classes=["survey"], at=NOON)
    assert DigestEntry.objects.get().due_at == entry.due_at
    bring_forward(person_id=lan.pk, message_classes=["service"], at=NOON)
    assert tell_due(at=NOON) == 1


def test_a_killed_look_writes_no_summary_twice(lan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(lan)
    tell_due(at=FIVE)
    sent(lan, at=FIVE + timedelta(minutes=1))
    assert tell_due(at=FIVE + timedelta(minutes=2)) == 0
    assert tell_due(at=FIVE + timedelta(days=1)) == 1
    assert MailOut.objects.count() == 2
    assert set(MailOut.objects.values_list("state", flat=True)) == {MailState.KEPT}
