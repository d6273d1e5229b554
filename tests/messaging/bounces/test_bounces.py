"""Mails that come back: believed only when they are about a mail of ours; hard, soft, complaint, forged, unknown."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from typer.testing import CliRunner

from kith.access.apitokens.actions import issue_token
from kith.config.cli import mail as commands
from kith.kernel import clock
from kith.kernel.refusals import BadInput
from kith.messaging.bounces.actions import Outcome, take_in
from kith.messaging.bounces.models import Bounce
from kith.messaging.bounces.parsing import read
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.models import Channel, Delivery, MessageClass
from kith.messaging.mail import sending
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.mail.returnpath import mail_in, return_path
from kith.messaging.suppressions.actions import release
from kith.messaging.suppressions.models import Suppression
from kith.people.persons.models import Person
from tests.access import make as access
from tests.messaging import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
LATER = AT + timedelta(hours=2)
DSN = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
Arrival-Date: Mon, 1 Mar 2027 09:00:00 +0000

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} User unknown

--b1
Content-Type: {original}

From: Kith <no-reply@localhost>
To: {address}
Message-ID: <{mail}@localhost>
Subject: Hello

--b1--
"""


def dsn(about: MailOut, status: str = "5.1.1", **given: Any) -> bytes:
    words = {
        "address": about.address, "action": "failed", "mail": about.public_id, "to": "no-reply@localhost",
        "original": "text/rfc822-headers", **given,
    }  # fmt: skip
    return DSN.format(status=status, **words).replace("\n", "\r\n").encode()


@pytest.fixture
def lan() -> Person:
    return people.employee("Trần Thị Lan", mailbox="Lan@example.com")


def mailed(person: Person, at: datetime = AT, **given: Any) -> MailOut:
    message = make.message([person], at=at, **{"needs_acknowledgement": False, **given})
    make_mails(message_id=message.pk, after=0, upto=person.pk, at=at)
    mail = MailOut.objects.latest("pk")
    MailOut.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=at)
    mail.refresh_from_db()
    return mail


@pytest.mark.parametrize("original", ["text/rfc822-headers", "message/rfc822"])
def test_a_hard_bounce_puts_the_mailbox_out_of_reach_and_the_next_message_stays_in_the_inbox(
    lan: Person, original: str
) -> None:
    mail = mailed(lan)
    assert take_in(raw=dsn(mail, original=original), at=LATER) == [Outcome.HARD]
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MailState.RETURNED, "5.1.1 smtp; 550 5.1.1 User unknown")
    row = Suppression.objects.get()
    assert (row.address, row.person_id, row.reason, row.until) == ("lan@example.com", lan.pk, "hard", None)
    next_one = make.message([lan], at=LATER)
    delivery = Delivery.objects.get(message=next_one)
    assert (delivery.channel, delivery.reason) == (Channel.INBOX, "bounced")
    other = make.message([people.person()], at=LATER)
    assert Delivery.objects.get(message=other).channel == Channel.MAIL


def test_the_same_report_again_changes_nothing(lan: Person) -> None:
    mail = mailed(lan)
    assert take_in(raw=dsn(mail), at=LATER) == [Outcome.HARD]
    assert take_in(raw=dsn(mail), at=LATER) == [Outcome.KNOWN]
    assert Bounce.objects.count() == Suppression.objects.count() == 1


def test_forged_unknown_and_old_reports_change_nothing(lan: Person) -> None:
    mail = mailed(lan)
    other = mailed(people.person(mailbox="minh@example.com"))
    forged = {
        "a made-up message": dsn(mail, mail=uuid4()),
        "somebody else's address": dsn(mail, address="boss@example.com"),
        "a mail to another": dsn(other, address=lan.mailbox),
        "no headers": dsn(mail, mail="nothing"),
    }
    for name, raw in forged.items():
        assert take_in(raw=raw, at=LATER) == [Outcome.UNKNOWN], name
    assert take_in(raw=dsn(mail), at=AT + timedelta(days=31)) == [Outcome.UNKNOWN]
    MailOut.objects.filter(pk=mail.pk).update(state=MailState.WAITING)
    assert take_in(raw=dsn(mail), at=LATER) == [Outcome.UNKNOWN]
    assert not Bounce.objects.exists()
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [b"", b"Subject: hello\r\n\r\nI am away until Monday.", b"\xff\xfe\x00", b"Content-Type: multipart/report\r\n\r\nx",
     b'Content-Type: multipart/report; boundary=""\r\n\r\n--\r\n', b"x" * 1_000_001],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(BadInput, match="RFC 3464"):
        take_in(raw=raw, at=AT)


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.7"), ("delivered", "2.0.0"), ("failed", "2.0.0")])
def test_a_delay_and_a_success_are_no_bounce(lan: Person, action: str, status: str) -> None:
    assert read(dsn(mailed(lan), status, action=action)) == []


def test_soft_bounces_count_by_days_and_rest_the_mailbox_for_a_while(lan: Person) -> None:
    days = [AT + timedelta(days=n) for n in (0, 0, 1, 9)]
    outcomes = []
    for at in days:
        assert not Suppression.objects.exists()
        outcomes += take_in(raw=dsn(mailed(lan, at), "5.2.2"), at=at + timedelta(hours=1))
    assert outcomes == [Outcome.SOFT] * 4
    row = Suppression.objects.get()
    assert (row.reason, row.until) == ("soft", days[-1] + timedelta(days=30, hours=1))
    before, after = row.until - timedelta(minutes=1), row.until + timedelta(minutes=1)
    for at, channel in ((before, Channel.INBOX), (after, Channel.MAIL)):
        assert Delivery.objects.get(message=make.message([lan], at=at)).channel == channel


def test_soft_bounces_far_apart_do_not_add_up(lan: Person) -> None:
    for n in (0, 8, 16, 24):
        at = AT + timedelta(days=n)
        take_in(raw=dsn(mailed(lan, at), "4.2.2"), at=at)
    assert not Suppression.objects.exists()


def test_what_waits_for_an_address_out_of_reach_is_dropped_and_a_released_one_is_tried_again(
    lan: Person, settings: Any
) -> None:
    mail = mailed(lan)
    waiting = make.message([lan], at=AT)
    make_mails(message_id=waiting.pk, after=0, upto=lan.pk, at=AT)
    take_in(raw=dsn(mail), at=LATER)
    MailOut.objects.filter(state=MailState.KEPT).update(state=MailState.WAITING, next_try=AT)
    assert sending.lease(at=LATER) == []
    assert MailOut.objects.latest("pk").state == MailState.DROPPED
    assert Delivery.objects.get(message=waiting).reason == "bounced"
    release(suppression_id=Suppression.objects.get().pk, by_id=lan.pk, at=LATER)
    assert Delivery.objects.get(message=make.message([lan], at=LATER)).channel == Channel.MAIL


def test_the_signed_return_path_names_the_mail_even_without_its_headers(lan: Person, settings: Any) -> None:
    settings.KITH_BOUNCE_ADDRESS = "bounces@kith.example"
    mail = mailed(lan)
    path = return_path(mail.public_id)
    assert path.startswith(f"bounces+{mail.public_id.hex}-")
    forged = path.replace("-", "-0", 1)[: path.index("@")] + "@kith.example"
    assert mail_in((forged,)) is None
    assert take_in(raw=dsn(mail, mail="nothing", to=forged), at=LATER) == [Outcome.UNKNOWN]
    assert take_in(raw=dsn(mail, mail="nothing", to=path, address="new@else.example"), at=LATER) == [Outcome.HARD]
    assert Suppression.objects.get().address == "lan@example.com"


def test_without_a_bounce_address_there_is_no_return_path(lan: Person, settings: Any) -> None:
    settings.KITH_BOUNCE_ADDRESS = ""
    assert return_path(uuid4()) == ""


ARF = """\
From: <fbl@provider.example>
To: no-reply@localhost
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b1"

--b1
Content-Type: text/plain

This is an abuse report.

--b1
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider/1.0
Version: 1
Original-Rcpt-To: <{address}>

--b1
Content-Type: message/rfc822

Message-ID: <{mail}@localhost>
Subject: Hello

Hello
--b1--
"""


def test_a_complaint_is_taken_for_a_no(lan: Person) -> None:
    mail = mailed(lan, message_class=MessageClass.SURVEY)
    words = {"address": lan.mailbox, "mail": mail.public_id}
    with pytest.raises(BadInput):
        take_in(raw=ARF.format(kind="not-spam", **words).encode(), at=LATER)
    assert take_in(raw=ARF.format(kind="abuse", **words).encode(), at=LATER) == [Outcome.COMPLAINT]
    consent = Consent.objects.get()
    assert (consent.message_class, consent.given, consent.source) == ("survey", False, "complaint")
    assert not Suppression.objects.exists()


def test_the_api_takes_reports_with_a_token_of_that_scope_only(lan: Person) -> None:
    mail = mailed(lan, clock.now() - timedelta(hours=1))
    access.grant(lan, "administrator")
    stranger = people.person()

    def post(person: Person, *scopes: str) -> Any:
        at = clock.now()
        key = issue_token(person=person, name="mx", scopes=scopes, expires_at=at + timedelta(days=1), at=at)
        return Client().post(
            "/api/v1/bounces", json.dumps({"report": dsn(mail).decode()}), content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )  # fmt: skip

    assert post(lan, "read", "write").status_code == 403
    assert post(stranger, "bounces").status_code == 403
    assert not Suppression.objects.exists()
    answer = post(lan, "bounces")
    assert (answer.status_code, answer.json()) == (200, {"outcomes": ["hard"]})


def test_the_desk_shows_who_is_out_of_reach_and_why_and_releases(lan: Person) -> None:
    take_in(raw=dsn(mailed(lan)), at=LATER)
    desk = access.client(people.person(), "communications")
    shown = desk.get("/desk/outbox/unreachable/").text
    assert "lan@example.com" in shown
    assert "5.1.1" in shown
    assert access.client(people.person(), "hr").get("/desk/outbox/unreachable/").status_code == 403
    entry = Suppression.objects.get().pk
    assert (
        access.client(people.person(), "hr").post("/desk/outbox/unreachable/release/", {"entry": entry}).status_code
        == 403
    )
    assert desk.post("/desk/outbox/unreachable/release/", {"entry": "x"}).status_code == 404
    desk.post("/desk/outbox/unreachable/release/", {"entry": entry})
    row = Suppression.objects.get()
    assert row.released_at is not None
    assert "Mail goes to lan@example.com again." in desk.get("/desk/outbox/unreachable/").text
    assert "lan@example.com" not in desk.get("/desk/outbox/unreachable/").text


class _Here:
    def __enter__(self) -> None:
        """Use the test's own database."""

    def __exit__(self, *_: object) -> None:
        """Leave it as it is."""


def test_a_mail_server_pipes_a_report_into_the_command(lan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands.starting, "current_database", _Here)
    mail = mailed(lan, clock.now() - timedelta(hours=1))
    for expected in ("hard", "known"):
        result = CliRunner().invoke(commands.mail, ["bounce"], input=dsn(mail))
        assert (result.exit_code, result.output.strip()) == (0, expected), result.exception
    refused = CliRunner().invoke(commands.mail, ["bounce"], input=b"Subject: I am away\r\n\r\nUntil Monday.")
    assert isinstance(refused.exception, BadInput)
    assert Suppression.objects.get().address == "lan@example.com"
