import smtplib
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string
from typing import Any

import pytest
from django.test import Client

from kith.access.couriers import send_link
from kith.config.environment import MailAddress
from kith.kernel import clock
from kith.kernel.switches import mute
from kith.kernel.texts import Text
from kith.messaging.consents.actions import say
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.models import Delivery, Message, MessageClass, Severity, State
from kith.messaging.mail import sending, smtp
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.composing import compose
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.mail.returnpath import return_path
from kith.messaging.suppressions.models import Suppression
from tests.messaging import make
from tests.messaging.sink import Sink, mute_server, sinking, talker
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[Sink]:
    with sinking() as (sink, port):
        settings.KITH_MAIL = MailAddress(host="127.0.0.1", port=port, user="", password="", tls=False)
        yield sink


def mail_to(*addresses: str, **given: Any) -> Message:
    readers = [people.employee(mailbox=address) for address in addresses]
    message = make.message(readers, **given)
    make_mails(message_id=message.pk, after=0, upto=max(person.pk for person in readers), at=AT)
    return message


def test_mails_are_kept_and_not_sent_where_no_server_is_set(settings: Any) -> None:
    settings.KITH_MAIL = None
    mail_to("lan@example.com")
    assert MailOut.objects.get().state == MailState.KEPT
    assert sending.send_batch(at=AT) == 0


def test_a_mail_is_made_once_in_the_readers_language_with_a_link(server: Sink) -> None:
    lan = people.person(language="vi", mailbox="lan@example.com")
    message = make.message([lan])
    for _ in range(2):
        make_mails(message_id=message.pk, after=0, upto=lan.pk, at=AT)
    mail = MailOut.objects.get()
    assert mail.subject == "Dừng chuyền 3"
    assert "/m/" in mail.text
    assert "/m/" in mail.html


def test_a_5xx_is_final_a_4xx_is_tried_again_and_the_others_go(server: Sink) -> None:
    server.answers = {"bad@example.com": "550 no such person", "busy@example.com": "451 later"}
    mail_to("bad@example.com", "busy@example.com", "good@example.com")
    sending.send_batch(at=AT)
    states = dict(MailOut.objects.values_list("address", "state"))
    assert states == {"bad@example.com": "failed", "busy@example.com": "waiting", "good@example.com": "sent"}
    assert MailOut.objects.get(address="bad@example.com").error == "550 no such person"
    server.answers = {}
    sending.send_batch(at=AT + timedelta(days=3))
    assert server.to == ["good@example.com", "busy@example.com"]
    assert server.asked.count("bad@example.com") == 1


def test_retries_last_more_than_four_days() -> None:
    assert sum((sending.wait_after(n) for n in range(1, sending.MOST_ATTEMPTS)), timedelta()) > timedelta(days=4)


def test_a_server_that_is_down_loses_nothing_and_costs_no_attempt(server: Sink, settings: Any) -> None:
    up = settings.KITH_MAIL
    settings.KITH_MAIL = MailAddress(host="127.0.0.1", port=1, user="", password="", tls=False)
    mail_to("a@example.com", "b@example.com")
    for minutes in range(0, 5 * 24 * 60, 60):
        assert sending.send_batch(at=AT + timedelta(minutes=minutes)) == 0
    assert set(MailOut.objects.values_list("state", "attempts")) == {("waiting", 0)}
    settings.KITH_MAIL = up
    assert sending.send_batch(at=AT + timedelta(days=5)) == 2
    assert sorted(server.to) == ["a@example.com", "b@example.com"]


def test_a_server_that_stays_away_for_six_days_fails_its_mails_by_name(settings: Any) -> None:
    settings.KITH_MAIL = MailAddress(host="127.0.0.1", port=1, user="", password="", tls=False)
    mail_to("a@example.com")
    sending.send_batch(at=AT + timedelta(days=6))
    assert MailOut.objects.get().state == MailState.FAILED


def test_a_server_that_says_nothing_is_given_up_soon(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert smtp.TIMEOUT <= 30
    monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
    with mute_server() as port:
        settings.KITH_MAIL = MailAddress(host="127.0.0.1", port=port, user="", password="", tls=False)
        mail_to("a@example.com")
        begun = time.monotonic()
        assert sending.send_batch(at=AT) == 0
        assert time.monotonic() - begun < 2
    assert MailOut.objects.get().state == MailState.WAITING


def test_a_mail_on_which_the_server_falls_silent_does_not_hold_up_the_others(
    server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.3)
    server.once = {"a@example.com": "silent"}
    mail_to("a@example.com", "b@example.com", "c@example.com")
    while sending.send_batch(at=AT):
        pass
    assert server.to == ["b@example.com", "c@example.com"]
    sending.send_batch(at=AT + timedelta(minutes=1))
    assert server.to[-1] == "a@example.com"


@pytest.mark.parametrize(("fault", "copies"), [("lose", 2), ("drop", 1)])
def test_a_lost_250_doubles_once_with_the_same_message_id_a_lost_connection_never(
    server: Sink, fault: str, copies: int
) -> None:
    mail_to("a@example.com", "b@example.com")
    server.once = {"a@example.com": fault}
    for minutes in (0, 10, 20):
        while sending.send_batch(at=AT + timedelta(minutes=minutes)):
            pass
    assert sorted(server.to) == ["a@example.com"] * copies + ["b@example.com"]
    assert len({message["Message-ID"] for message in server.got}) == 2
    assert set(MailOut.objects.values_list("state", flat=True)) == {"sent"}


def test_urgent_mails_that_come_meanwhile_overtake_a_slow_run(server: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH_LASTS", 0.0)
    mail_to("a@example.com", "b@example.com", "c@example.com")
    assert sending.send_batch(at=AT) == 1
    mail_to("urgent@example.com", severity=Severity.URGENT)
    while sending.send_batch(at=AT):
        pass
    assert server.to == ["a@example.com", "urgent@example.com", "b@example.com", "c@example.com"]


def test_a_leased_mail_is_left_alone_until_its_lease_is_over(server: Sink) -> None:
    mail_to("a@example.com")
    assert len(sending.lease(at=AT)) == 1
    assert sending.send_batch(at=AT + timedelta(minutes=1)) == 0
    assert sending.send_batch(at=AT + sending.LEASE + timedelta(seconds=1)) == 1


def test_a_password_is_not_sent_where_anybody_could_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "_is_this_machine", lambda _host: False)
    with (
        talker([b"220 here\r\n", b"250-here\r\n250 AUTH PLAIN\r\n"]) as (port, heard),
        pytest.raises(smtplib.SMTPNotSupportedError, match="no TLS"),
    ):
        smtp.connect(MailAddress(host="127.0.0.1", port=port, user="kith", password="hush", tls=False))
    assert not any(b"AUTH" in line for line in heard)


def test_the_control_on_this_machine_itself_it_is(server: Sink) -> None:
    with talker([b"220 here\r\n", b"250-here\r\n250 AUTH PLAIN\r\n", b"235 welcome\r\n"]) as (port, heard):
        smtp.connect(MailAddress(host="127.0.0.1", port=port, user="kith", password="hush", tls=False)).close()
    assert any(b"AUTH PLAIN" in line for line in heard)


def test_the_control_without_a_fixed_id_the_double_would_be_a_second_mail(server: Sink) -> None:
    mail_to("a@example.com")
    mail = MailOut.objects.get()
    first = compose(mail)["Message-ID"]
    mail.public_id = "00000000-0000-4000-8000-000000000000"  # type: ignore[assignment]
    assert compose(mail)["Message-ID"] != first


EVIL = [
    "a\r\nBcc: evil@example.com",
    "a\nX: y",
    "a\0b",
    "a\u2028Bcc: z",
    "a\u2029X: y",
    "a\x85b",
    "a\x0bX: y",
    "a\x1cX: y",
]


@pytest.mark.parametrize("evil", EVIL)
def test_no_title_adds_a_header_and_the_queue_goes_on(server: Sink, evil: str) -> None:
    mail_to("a@example.com", title=Text(en=evil), body=Text(en=evil))
    mail_to("b@example.com")
    sending.send_batch(at=AT)
    assert server.recipients == [["a@example.com"], ["b@example.com"]]
    assert all(message["Bcc"] is None and message["X"] is None for message in server.got)
    assert server.got[0].keys() == server.got[1].keys()


@pytest.mark.parametrize(
    "evil",
    [
        "a@example.com,evil@example.com",
        "a@example.com\r\nBcc: evil@example.com",
        "Evil <evil@example.com>",
        "a@",
        "@",
        "",
        "a",
        '"a@b',
        "a b@example.com",
        "a@exa mple.com",
        "<a@example.com>",
        "a@ex\u2028Bcc:z",
        "@@",
        "a@.",
        "x@" + "y" * 70,
    ],
)
def test_no_address_adds_a_recipient_and_the_queue_goes_on(server: Sink, evil: str) -> None:
    mail_to("a@example.com", "b@example.com")
    first = MailOut.objects.earliest("id")
    MailOut.objects.filter(pk=first.pk).update(address=evil.replace("\0", ""))
    while sending.send_batch(at=AT):
        pass
    assert ["b@example.com"] in server.recipients
    assert all(len(each) == 1 and each[0] != "evil@example.com" for each in server.recipients)
    assert all(message["Bcc"] is None for message in server.got)
    assert MailOut.objects.get(address="b@example.com").state == MailState.SENT
    assert MailOut.objects.get(pk=first.pk).state == MailState.FAILED or len(server.got) == 2


def test_the_control_a_header_made_by_hand_would_have_added_one() -> None:
    assert message_from_string("Subject: a\nBcc: evil@example.com\n\nhello")["Bcc"] == "evil@example.com"


def test_vietnamese_and_chinese_arrive_as_they_were_written(server: Sink) -> None:
    mail_to("a@example.com", title=Text(en="Dừng chuyền 3 停止"), body=Text(en="Xin chào. 你好。" * 30))
    sending.send_batch(at=AT)
    assert server.got[0]["Subject"] == "Dừng chuyền 3 停止"
    part = server.got[0].get_body(("plain",))
    assert part is not None
    assert "Xin chào. 你好。" * 30 in part.get_content()


def test_a_muted_installation_sends_nothing(server: Sink) -> None:
    mail_to("a@example.com")
    mute(at=AT)
    assert sending.send_batch(at=AT) == 0
    assert server.got == []


def link_of(text: str) -> str:
    return next(word for word in text.split() if "/m/" in word).split("localhost:8000")[-1]


@pytest.mark.urls("kith.config.urls")
def test_the_mailed_link_shows_on_get_acts_on_post_and_a_repeat_says_when(server: Sink, client: Client) -> None:
    at = clock.now()
    lan = people.person(mailbox="lan@example.com")
    message = make.message([lan])
    make_mails(message_id=message.pk, after=0, upto=lan.pk, at=at)
    url = link_of(MailOut.objects.get().text)
    assert client.get(url).status_code == 200
    assert Delivery.objects.get().state == State.SENT
    assert client.post(url).status_code == 200
    assert (Delivery.objects.get().state, Delivery.objects.get().via) == (State.ACKNOWLEDGED, "mail")
    assert b"You acknowledged this on" in client.post(url).content
    assert client.get(url[:-3] + "x/").status_code == 404


@pytest.mark.urls("kith.config.urls")
def test_unsubscribing_by_post_without_cookies_drops_what_is_queued(server: Sink) -> None:
    message = mail_to("a@example.com", message_class=MessageClass.MARKETING, needs_acknowledgement=False)
    mail = MailOut.objects.get()
    composed = compose(mail)
    assert composed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = composed["List-Unsubscribe"].strip("<>").split("localhost:8000")[-1]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(url).status_code == 200
    assert not Consent.objects.exists()
    assert stranger.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert b"Done on" in stranger.get(url).content
    assert sending.send_batch(at=clock.now() + timedelta(days=1)) == 0
    assert server.got == []
    assert MailOut.objects.get().state == MailState.DROPPED
    consent = Consent.objects.get()
    assert (consent.given, consent.source, consent.text_version) == (False, "mail", "2")
    assert message.message_class == "marketing"


def test_what_is_refused_while_it_stands_in_a_batch_does_not_go(server: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    message = mail_to("a@example.com", message_class=MessageClass.MARKETING, needs_acknowledgement=False)
    later = AT + timedelta(days=1)
    leased = sending.lease(at=later)
    say(
        person_id=Delivery.objects.get().person_id,
        message_class=message.message_class,
        given=False,
        source="page",
        at=AT,
    )
    monkeypatch.setattr(sending, "lease", lambda **_at: leased)
    sending.send_batch(at=later)
    assert server.got == []
    assert MailOut.objects.get().state == MailState.DROPPED


def test_safety_and_transactional_mails_still_go_to_who_refused_marketing(server: Sink) -> None:
    lan = people.person(mailbox="lan@example.com")
    say(person_id=lan.pk, message_class=MessageClass.MARKETING, given=False, source="page", at=AT)
    for each in (MessageClass.SAFETY, MessageClass.TRANSACTIONAL, MessageClass.MARKETING):
        message = make.message([lan], message_class=each)
        make_mails(message_id=message.pk, after=0, upto=lan.pk, at=AT)
    sending.send_batch(at=AT + timedelta(days=1))
    assert len(server.got) == 2
    assert all(mail["List-Unsubscribe"] is None for mail in server.got)


def test_making_mails_again_writes_none_a_second_time_and_asks_little(
    server: Sink, django_assert_max_num_queries: Any
) -> None:
    people.organization()  # whose name is then known for a minute
    readers = [people.person(mailbox=f"p{n}@example.com") for n in range(30)]
    message = make.message(readers)
    with django_assert_max_num_queries(8):
        assert make_mails(message_id=message.pk, after=0, upto=readers[-1].pk, at=AT) == 30
    assert make_mails(message_id=message.pk, after=0, upto=readers[-1].pk, at=AT) == 0
    assert MailOut.objects.count() == 30


def test_a_link_of_signing_in_travels_by_mail_in_the_persons_language(server: Sink) -> None:
    lan = people.person(language="en", mailbox="lan@example.com")
    taken = send_link(
        person_id=lan.pk, address=lan.mailbox, link="http://localhost:8000/t/abc~d/", purpose="sign-in", at=AT
    )
    assert taken == 1
    sending.send_batch(at=AT)
    assert server.got[0]["Subject"] == "Your link to sign in"
    assert "http://localhost:8000/t/abc~d/" in server.got[0].as_string()
    kept = MailOut.objects.get()
    assert "abc~d" not in kept.text + kept.html
    assert "http://localhost:8000/t/…/" in kept.text


def test_links_that_act_are_cut_once_sent_and_kept_until_then_and_in_a_demo(server: Sink, settings: Any) -> None:
    settings.KITH_DEMO = False
    server.answers = {"busy@example.com": "451 later"}
    mail_to("busy@example.com", "good@example.com")
    sending.send_batch(at=AT)
    busy, good = MailOut.objects.order_by("address")
    assert ("/m/…/" in good.text, "/m/…/" in good.html, "/m/…" in busy.text) == (True, True, False)
    server.answers = {}
    sending.send_batch(at=AT + timedelta(days=3))
    link = next(word for word in server.got[-1].as_string().split() if "/m/" in word)
    assert "…" not in link
    settings.KITH_DEMO = True
    mail_to("demo@example.com")
    sending.send_batch(at=AT + timedelta(days=3))
    assert "/m/…" not in MailOut.objects.get(address="demo@example.com").text


def test_every_mail_says_what_it_is_and_to_which_list_it_belongs(server: Sink) -> None:
    for each in MessageClass:
        mail_to("a@example.com", message_class=each)
        composed = compose(MailOut.objects.latest("pk"))
        assert composed["Auto-Submitted"] == "auto-generated"
        assert composed["Feedback-ID"] == f"message:{each.value}:kith:localhost"
        listed = each in {MessageClass.SERVICE, MessageClass.SURVEY, MessageClass.MARKETING}
        assert composed["List-Id"] == (f"<{each.value}.localhost>" if listed else None)
        assert (composed["List-Unsubscribe"] is not None) == (each in {MessageClass.SURVEY, MessageClass.MARKETING})


def test_a_mail_goes_with_a_signed_return_path_where_the_server_takes_what_comes_back(
    server: Sink, settings: Any
) -> None:
    settings.KITH_BOUNCE_ADDRESS = "bounces@kith.example"
    mail_to("a@example.com")
    sending.send_batch(at=AT)
    assert server.senders == [return_path(MailOut.objects.get().public_id)]


def test_a_server_that_says_there_is_no_such_address_ends_the_mail_to_it(server: Sink) -> None:
    server.answers = {"no@example.com": "550 5.1.1 no such person", "full@example.com": "552 5.2.2 mailbox full"}
    mail_to("no@example.com", "full@example.com")
    sending.send_batch(at=AT)
    assert list(Suppression.objects.values_list("address", "reason")) == [("no@example.com", "hard")]
    assert Delivery.objects.get(person_id=Suppression.objects.get().person_id).reason == "bounced"
