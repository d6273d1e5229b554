import smtplib
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from kith.config.environment import MailAddress
from kith.kernel import clock
from kith.kernel.switches import mute
from kith.kernel.texts import Text
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.models import Delivery, Message, MessageClass, State
from kith.messaging.mail import sending
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut, MailState
from tests.messaging import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db


@dataclass
class Server:
    """The far side of SMTP: says what it is told to say to each recipient, or breaks off."""

    answers: dict[str, Any] = field(default_factory=dict)
    got: list[EmailMessage] = field(default_factory=list)
    down: bool = False

    def connect(self, _server: object) -> "Server":
        if self.down:
            raise ConnectionRefusedError
        return self

    def send_message(self, message: EmailMessage) -> None:
        answer = self.answers.get(message["To"])
        if isinstance(answer, Exception):
            raise answer
        self.got.append(message)
        if answer == "lost 250":
            raise smtplib.SMTPServerDisconnected

    def rset(self) -> None:
        """Be ready for the next mail."""

    def quit(self) -> None:
        """Say goodbye."""


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Server:
    settings.KITH_MAIL = MailAddress(host="127.0.0.1", port=25, user="", password="", tls=False)
    played = Server()
    monkeypatch.setattr(sending, "_connect", played.connect)
    return played


def mail_to(*addresses: str, **given: Any) -> Message:
    readers = [people.person(mailbox=address) for address in addresses]
    message = make.message(readers, **given)
    make_mails(message_id=message.pk, after=0, upto=max(person.pk for person in readers), at=AT)
    return message


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"x": (code, b"no")})


def test_mails_are_kept_and_not_sent_where_no_server_is_set(settings: Any) -> None:
    settings.KITH_MAIL = None
    mail_to("lan@example.com")
    assert MailOut.objects.get().state == MailState.KEPT
    assert sending.send_batch(at=AT) == 0


def test_a_mail_is_made_once_in_the_readers_language_with_a_link(server: Server) -> None:
    lan = people.person(language="vi", mailbox="lan@example.com")
    message = make.message([lan])
    for _ in range(2):
        make_mails(message_id=message.pk, after=0, upto=lan.pk, at=AT)
    mail = MailOut.objects.get()
    assert mail.subject == "Dừng chuyền 3"
    assert "/m/" in mail.text
    assert "/m/" in mail.html


def test_a_5xx_is_final_a_4xx_is_tried_again_and_the_others_go(server: Server) -> None:
    server.answers = {"bad@example.com": refused(550), "busy@example.com": refused(451)}
    mail_to("bad@example.com", "busy@example.com", "good@example.com")
    sending.send_batch(at=AT)
    states = dict(MailOut.objects.values_list("address", "state"))
    assert states == {"bad@example.com": "failed", "busy@example.com": "waiting", "good@example.com": "sent"}
    server.answers = {}
    sending.send_batch(at=AT + timedelta(days=3))
    assert [message["To"] for message in server.got] == ["good@example.com", "busy@example.com"]
    assert MailOut.objects.get(address="bad@example.com").attempts == 1


def test_retries_last_more_than_four_days() -> None:
    assert sum((sending.wait_after(n) for n in range(1, sending.MOST_ATTEMPTS)), timedelta()) > timedelta(days=4)


def test_a_server_that_is_down_loses_nothing(server: Server) -> None:
    server.down = True
    mail_to("a@example.com", "b@example.com")
    assert sending.send_batch(at=AT) == 0
    assert set(MailOut.objects.values_list("state", flat=True)) == {"waiting"}
    server.down = False
    assert sending.send_batch(at=AT + timedelta(minutes=2)) == 2
    assert len(server.got) == 2


def test_a_lost_250_is_doubled_once_with_the_same_message_id(server: Server) -> None:
    mail_to("a@example.com")
    server.answers = {"a@example.com": "lost 250"}
    sending.send_batch(at=AT)
    server.answers = {}
    sending.send_batch(at=AT + timedelta(minutes=10))
    sending.send_batch(at=AT + timedelta(minutes=20))
    assert len(server.got) == 2
    assert len({message["Message-ID"] for message in server.got}) == 1


def test_the_control_without_a_fixed_id_the_double_would_be_a_second_mail(server: Server) -> None:
    mail_to("a@example.com")
    mail = MailOut.objects.get()
    first = sending.compose(mail)["Message-ID"]
    mail.public_id = "00000000-0000-4000-8000-000000000000"  # type: ignore[assignment]
    assert sending.compose(mail)["Message-ID"] != first


@pytest.mark.parametrize("evil", ["a\r\nBcc: evil@example.com", "a\nX: y", "a\0b", "a\u2028Bcc: z", "a\x85b"])
def test_no_field_adds_a_header_and_the_queue_goes_on(server: Server, evil: str) -> None:
    mail_to("a@example.com", title=Text(en=evil), body=Text(en=evil))
    mail_to("b@example.com")
    sending.send_batch(at=AT)
    assert len(server.got) == 2
    assert all(message["Bcc"] is None and message["X"] is None for message in server.got)


def test_a_muted_installation_sends_nothing(server: Server) -> None:
    mail_to("a@example.com")
    mute(at=AT)
    assert sending.send_batch(at=AT) == 0
    assert server.got == []


def link_of(text: str) -> str:
    return next(word for word in text.split() if "/m/" in word).split("localhost:8000")[-1]


@pytest.mark.urls("kith.config.urls")
def test_the_mailed_link_shows_on_get_acts_on_post_and_a_repeat_says_when(server: Server, client: Client) -> None:
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
def test_unsubscribing_by_post_without_cookies_drops_what_is_queued(server: Server) -> None:
    message = mail_to("a@example.com", message_class=MessageClass.MARKETING, needs_acknowledgement=False)
    mail = MailOut.objects.get()
    composed = sending.compose(mail)
    assert composed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = composed["List-Unsubscribe"].strip("<>").split("localhost:8000")[-1]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(url).status_code == 200
    assert not Consent.objects.exists()
    assert stranger.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    MailOut.objects.update(next_try=AT)
    assert sending.send_batch(at=clock.now()) == 0
    assert MailOut.objects.get().state == MailState.DROPPED
    assert message.message_class == "marketing"
