"""A drill can never be mistaken: in its mails, its reminders, on every page of its participants, on the board."""

from datetime import timedelta
from typing import Any

import pytest

from kith.kernel import clock
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Delivery, Message, State
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut
from kith.notices.bars import MEMORY
from kith.notices.escalation.tasks import escalate_due
from kith.notices.publishing.actions import withdraw
from kith.notices.publishing.queries import unread_since
from tests.access import make as access
from tests.notices import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
FIRST = {"en": "DRILL: ", "vi": "DIỄN TẬP: ", "zh-Hans": "演习："}
LINE = {"en": "This is a drill.", "vi": "Đây là diễn tập.", "zh-Hans": "这是演习"}
DUE = AT + timedelta(hours=4)


def mails(message: Message) -> list[MailOut]:
    make_mails(message_id=message.pk, after=0, upto=10**9, at=AT)
    delivered = Delivery.objects.filter(message=message).values("pk")
    return list(MailOut.objects.filter(delivery_id__in=delivered).order_by("person_id"))


def page(browser: Any, address: str) -> str:
    return browser.get(address, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("drill", [True, False])
def test_mails_and_reminders_of_a_drill_say_so_first_and_those_of_the_real_thing_never(*, drill: bool) -> None:
    plant = make.plant()
    notice = make.published(plant.author, drill=drill)
    escalate_due.run(DUE + timedelta(hours=3))
    reminder = Message.objects.get(dedupe_key__startswith="notice-reminder:")
    send_out(message_id=reminder.pk, at=AT)
    lists = Message.objects.get(dedupe_key__startswith="notice-outstanding:")
    assert notice.message is not None
    for message in (notice.message, reminder, lists):
        assert message.drill is drill
        for tag, word in FIRST.items():
            assert message.title[tag].startswith(word) is drill
            assert message.title[tag].count(word) == int(drill)
            assert message.body[tag].startswith(LINE[tag]) is drill
        written = mails(message)
        assert written
        for mail in written:
            assert mail.subject.startswith(tuple(FIRST.values())) is drill
            assert any(line in mail.text for line in LINE.values()) is drill
            assert any(line in mail.html for line in LINE.values()) is drill


def test_while_it_runs_every_page_of_its_participants_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=5))
    plant = make.plant()
    stranger = people.customer()
    notice = make.published(plant.author, drill=True)
    MEMORY.keep([], seconds=-1)
    worker = access.client(plant.manager, at=AT)
    for address in ("/", "/inbox/", "/promises/", "/notices/", "/people/"):
        assert "This is a drill. Nothing has happened." in page(worker, address)
    assert "Stop line 3" in page(worker, "/promises/")
    for other in (access.client(stranger, at=AT), access.client()):
        assert "This is a drill" not in page(other, "/privacy/")
    over = (notice.expires_at or DUE) + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: over)
    assert "This is a drill" not in page(worker, "/promises/")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=5))
    withdraw(notice=notice, by=plant.author, at=AT)
    MEMORY.keep([], seconds=-1)
    assert "This is a drill" not in page(worker, "/promises/")


def test_the_real_thing_has_no_bar() -> None:
    plant = make.plant()
    make.published(plant.author, due_at=clock.now() + timedelta(days=1), at=clock.now())
    MEMORY.keep([], seconds=-1)
    assert "This is a drill" not in page(access.client(plant.manager, at=clock.now()), "/promises/")


def test_a_reminders_mail_leads_to_the_answer_itself_without_signing_in() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    escalate_due.run(DUE + timedelta(hours=1))
    reminder = Message.objects.get(dedupe_key__startswith="notice-reminder:")
    send_out(message_id=reminder.pk, at=AT)
    mail = next(mail for mail in mails(reminder) if mail.person_id == plant.workers[0].pk)
    (link,) = {word for word in mail.text.split() if "/m/" in word}
    address = "/m/" + link.partition("/m/")[2]
    nobody = access.client()
    assert "Dừng chuyền 3" in nobody.get(address).content.decode()
    row = Delivery.objects.get(message=notice.message, person_id=plant.workers[0].pk)
    assert row.acknowledged_at is None
    assert nobody.post(address).status_code == 200
    row.refresh_from_db()
    assert (row.acknowledged_at is not None, row.via, row.seen_language) == (True, "mail", "vi")


def test_who_answered_meanwhile_is_led_to_the_page() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    escalate_due.run(DUE + timedelta(hours=1))
    reminder = Message.objects.get(dedupe_key__startswith="notice-reminder:")
    send_out(message_id=reminder.pk, at=AT)
    Delivery.objects.filter(message=notice.message).update(state=State.ACKNOWLEDGED, acknowledged_at=AT)
    assert all("/m/" not in mail.text for mail in mails(reminder))


def test_who_has_not_opened_a_notice_for_days_is_known_in_one_query(django_assert_num_queries: Any) -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    make.published(plant.author, drill=True)
    opened, late = plant.workers
    assert notice.message is not None
    Delivery.objects.filter(person_id=opened.pk).update(opened_at=AT)
    Delivery.objects.filter(person_id=late.pk).update(joined_at=AT + timedelta(days=2))
    everybody = set(Delivery.objects.filter(message=notice.message).values_list("person_id", flat=True))
    with django_assert_num_queries(1):
        found = list(unread_since(days=3, at=AT + timedelta(days=3)).values_list("person_id", "message__about"))
    assert {person for person, _about in found} == everybody - {opened.pk, late.pk}
    assert {about for _person, about in found} == {f"notice:{notice.pk}"}
    assert not unread_since(days=3, at=AT + timedelta(days=2)).exists()
