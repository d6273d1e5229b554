"""Web push and SMS: encrypted, signed, safe, tried again, forgotten when gone; the arbiter takes them as channels."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.switches import mute
from kith.kernel.texts import Text
from kith.messaging.consents.actions import Wish, say, set_reach
from kith.messaging.deliveries.models import Channel, Delivery, Message, MessageClass, Severity
from kith.messaging.deliveries.rendering import render_text
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut
from kith.messaging.nudges import actions, sending, vapid
from kith.messaging.nudges.encryption import encrypt
from kith.messaging.nudges.models import Nudge, NudgeState, Number, PushDevice
from kith.messaging.nudges.words import room, shortened, sms
from kith.messaging.suppressions.actions import suppress
from kith.messaging.suppressions.models import Reason
from kith.people.persons.models import Person
from tests.access import make as access
from tests.messaging import make
from tests.messaging.nudges.service import Browser, Service, serving
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
really = pytest.mark.django_db(transaction=True)  # what asks other machines does so outside of any transaction


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.KITH_OUTBOUND_HOSTS = frozenset({"127.0.0.1"})
    settings.KITH_SMS_URL, settings.KITH_SMS_TOKEN = "", ""
    with serving() as made:
        yield made


def device(person: Person, service: Service, path: str = "/push/1") -> tuple[PushDevice, Browser]:
    browser = Browser()
    row = actions.add_device(
        person=person, endpoint=f"{service.url}{path}", p256dh=browser.p256dh, auth=browser.auth, label="Phone", at=AT
    )
    return row, browser


def number(person: Person, e164: str = "+84912345678") -> None:
    Number.objects.create(person=person, e164=e164, confirmed_at=AT)


def sent(*to: Person, **given: Any) -> Message:
    at = given.pop("at", AT)
    message = make.message(to, at=at, **{"needs_acknowledgement": False, "severity": Severity.IMPORTANT,
                                         "message_class": MessageClass.TRANSACTIONAL, **given})  # fmt: skip
    actions.make_nudges(message_id=message.pk, after=0, upto=max(person.pk for person in to), at=at)
    return message


def channel(message: Message, person: Person) -> Channel:
    return Channel(Delivery.objects.get(message=message, person_id=person.pk).channel)


def test_the_encryption_is_that_of_rfc_8291_section_5() -> None:
    scalar = int.from_bytes(vapid.unb64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    body = encrypt(
        b"When I grow up, I want to be a watermelon",
        p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth="BTBZMqHH6r4Tts7J_aSIgg",
        salt=vapid.unb64("DGv6ra1nlYgDCS1FRnbzlw"),
        ours=ec.derive_private_key(scalar, ec.SECP256R1()),
    )
    assert vapid.b64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
        "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_our_key_is_the_same_on_every_host_and_another_organizations_is_another(settings: Any) -> None:
    first = vapid.public_key()
    vapid._made.cache_clear()
    assert vapid.public_key() == first
    assert len(vapid.unb64(first)) == 65
    settings.SECRET_KEY = "another"
    assert vapid.public_key() != first


@really
def test_a_push_arrives_encrypted_signed_for_that_service_and_only_its_browser_reads_it(service: Service) -> None:
    lan = people.person(language="vi", mailbox="")
    row, browser = device(lan, service)
    message = sent(lan)
    assert channel(message, lan) == Channel.PUSH
    assert sending.send_batch(at=AT) == 1
    ((path, headers, body),) = service.got
    assert path == "/push/1"
    assert browser.read(body) == {
        "title": "Dừng chuyền 3", "body": "Dừng chuyền 3", "tag": Nudge.objects.get().public_id.hex,
        "url": f"http://localhost:8000/inbox/{message.public_id}/",
    }  # fmt: skip
    assert b"chuy" not in body
    scheme, token, key = headers["authorization"].replace("t=", "").replace("k=", "").replace(",", "").split()
    assert (scheme, headers["content-encoding"], headers["ttl"]) == ("vapid", "aes128gcm", "86400")
    signed, signature = token.rsplit(".", 1)
    raw = vapid.unb64(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), vapid.unb64(key))
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims = json.loads(vapid.unb64(signed.split(".")[1]))
    assert claims["aud"] == service.url
    assert AT.timestamp() < claims["exp"] <= AT.timestamp() + 24 * 3600
    row.refresh_from_db()
    assert (Nudge.objects.get().state, row.reached_at) == (NudgeState.SENT, AT)
    assert sending.send_batch(at=AT) == 0


def test_making_nudges_again_writes_none_a_second_time(service: Service) -> None:
    lan = people.person(mailbox="")
    for path in ("/push/1", "/push/2"):
        device(lan, service, path)
    message = sent(lan)
    assert Nudge.objects.count() == 2
    assert actions.make_nudges(message_id=message.pk, after=0, upto=lan.pk, at=AT) == 0
    assert Nudge.objects.count() == 2


@really
@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_the_message_takes_the_next_way(service: Service, status: int) -> None:
    lan = people.person(mailbox="lan@example.com")
    set_reach(person_id=lan.pk, wish=Wish(push_first=True))
    device(lan, service)
    message = sent(lan)
    assert channel(message, lan) == Channel.PUSH
    assert make_mails(message_id=message.pk, after=0, upto=lan.pk, at=AT) == 0
    service.answers = {"/push/1": status}
    sending.send_batch(at=AT)
    assert not PushDevice.objects.exists()
    assert Nudge.objects.get().state == NudgeState.DROPPED
    assert channel(message, lan) == Channel.MAIL
    assert make_mails(message_id=message.pk, after=0, upto=lan.pk, at=AT) == 1


@really
def test_who_wants_no_mail_of_daily_work_gets_none_when_the_device_is_gone_either(service: Service) -> None:
    lan = people.person(mailbox="lan@example.com")
    set_reach(person_id=lan.pk, wish=Wish(0, 24, service_by_mail=False))
    device(lan, service)
    message = sent(lan, message_class=MessageClass.SERVICE)
    assert channel(message, lan) == Channel.PUSH
    service.answers = {"/push/1": 410}
    sending.send_batch(at=AT)
    assert (channel(message, lan), PushDevice.objects.exists()) == (Channel.PUSH, False)
    assert make_mails(message_id=message.pk, after=0, upto=lan.pk, at=AT) == 0


@really
def test_one_device_gone_of_two_is_not_the_end_of_the_way(service: Service) -> None:
    lan = people.person(mailbox="lan@example.com")
    set_reach(person_id=lan.pk, wish=Wish(push_first=True))
    device(lan, service, "/push/1")
    device(lan, service, "/push/2")
    service.answers = {"/push/1": 410}
    message = sent(lan)
    sending.send_batch(at=AT)
    assert PushDevice.objects.get().endpoint.endswith("/push/2")
    assert channel(message, lan) == Channel.PUSH


@really
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_is_busy_is_asked_again_later(service: Service, status: int) -> None:
    lan = people.person(mailbox="")
    device(lan, service)
    sent(lan)
    service.answers = {"/push/1": status}
    sending.send_batch(at=AT)
    assert (Nudge.objects.get().state, Nudge.objects.get().attempts) == (NudgeState.WAITING, 1)
    assert sending.send_batch(at=AT + timedelta(seconds=20)) == 0
    service.answers = {}
    assert sending.send_batch(at=AT + timedelta(seconds=31)) == 1
    assert Nudge.objects.get().state == NudgeState.SENT


@really
def test_a_push_never_reaches_into_our_own_network(service: Service, settings: Any) -> None:
    lan = people.person(mailbox="")
    device(lan, service)
    sent(lan)
    settings.KITH_OUTBOUND_HOSTS = frozenset()
    sending.send_batch(at=AT)
    assert service.got == []
    assert not PushDevice.objects.exists()
    browser = Browser()
    for endpoint in (f"{service.url}/x", "http://push.example.com/x", "https:///x", "file:///etc/passwd", "x" * 600):
        with pytest.raises(BadInput):
            actions.add_device(
                person=lan, endpoint=endpoint, p256dh=browser.p256dh, auth=browser.auth, label="x", at=AT
            )


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("AAAA", "BTBZMqHH6r4Tts7J_aSIgg"), ("!", "!"), (None, "AAAA")])
def test_keys_that_are_none_are_refused(service: Service, p256dh: str | None, auth: str) -> None:
    with pytest.raises(BadInput):
        actions.add_device(
            person=people.person(), endpoint="https://push.example.com/x", p256dh=p256dh or Browser().p256dh, auth=auth,
            label="x", at=AT,
        )  # fmt: skip


@really
def test_an_urgent_message_goes_to_devices_beside_the_mail_another_does_not(service: Service) -> None:
    lan = people.person(mailbox="lan@example.com")
    device(lan, service)
    calm, urgent = sent(lan), sent(lan, severity=Severity.URGENT)
    assert (channel(calm, lan), channel(urgent, lan)) == (Channel.MAIL, Channel.MAIL)
    nudge = Nudge.objects.get()
    assert (nudge.urgent, nudge.channel) == (True, Channel.PUSH)
    sending.send_batch(at=AT)
    assert service.got[0][1]["urgency"] == "high"


def test_mail_that_came_back_makes_the_device_then_the_number_the_way(service: Service) -> None:
    both, numbered, nothing = (people.person(mailbox=f"{name}@example.com") for name in "abc")
    device(both, service)
    for person in (both, numbered):
        number(person)
    for person in (both, numbered, nothing):
        suppress(address=person.mailbox, person_id=person.pk, reason=Reason.HARD, detail="", at=AT)
    message = sent(both, numbered, nothing)
    found = [channel(message, person) for person in (both, numbered, nothing)]
    assert found == [Channel.PUSH, Channel.SMS, Channel.INBOX]


@really
def test_sms_are_kept_where_no_provider_is_set_and_shown_on_the_desk(service: Service) -> None:
    lan = people.person("Trần Thị Lan", mailbox="")
    number(lan)
    sent(lan)
    assert Nudge.objects.get().state == NudgeState.KEPT
    assert sending.send_batch(at=AT) == 0
    shown = access.client(people.person(), "communications").get("/desk/outbox/nudges/").text
    assert "+84912345678" in shown
    assert "Kept here" in shown
    assert access.client(people.person(), "hr").get("/desk/outbox/nudges/").status_code == 403


@really
@pytest.mark.parametrize(("status", "state"), [(200, "sent"), (202, "sent"), (503, "waiting"), (400, "failed")])
def test_sms_go_to_the_provider_once(service: Service, settings: Any, status: int, state: str) -> None:
    settings.KITH_SMS_URL, settings.KITH_SMS_TOKEN = f"{service.url}/sms", "secret"
    service.answers = {"/sms": status}
    lan = people.person(language="en", mailbox="")
    number(lan)
    message = sent(lan)
    sending.send_batch(at=AT)
    ((path, headers, body),) = service.got
    row = Nudge.objects.get()
    assert (path, headers["authorization"], headers["idempotency-key"]) == ("/sms", "Bearer secret", str(row.public_id))
    said = json.loads(body)
    assert said == {"to": "+84912345678", "text": row.text, "id": str(row.public_id)}
    assert said["text"].endswith(f" http://localhost:8000/inbox/{message.public_id}/")
    assert row.state == state


@really
def test_a_muted_copy_sends_nothing(service: Service) -> None:
    lan = people.person(mailbox="")
    device(lan, service)
    sent(lan)
    mute(at=AT)
    assert sending.send_batch(at=AT) == 0
    assert service.got == []


def test_the_caps_of_sms_are_kept_and_safety_has_none(service: Service) -> None:
    lan, minh = people.person(mailbox=""), people.person(mailbox="")
    number(lan)
    number(minh, "+84912345679")
    texted = [channel(sent(lan, at=AT + timedelta(minutes=n)), lan) for n in range(7)]
    assert texted == [Channel.SMS] * 5 + [Channel.INBOX] * 2
    assert channel(sent(minh), minh) == Channel.SMS
    assert channel(sent(lan, message_class=MessageClass.SAFETY), lan) == Channel.SMS
    assert channel(sent(lan, severity=Severity.URGENT), lan) == Channel.SMS
    assert channel(sent(lan, at=AT + timedelta(days=1, hours=1)), lan) == Channel.SMS
    assert channel(sent(lan, message_class=MessageClass.MARKETING), lan) == Channel.INBOX


@really
def test_what_was_refused_while_it_waited_is_dropped(service: Service) -> None:
    lan = people.employee(mailbox="")
    device(lan, service)
    sent(lan, message_class=MessageClass.SURVEY)
    say(person_id=lan.pk, message_class="survey", given=False, source="page", at=AT)
    assert sending.send_batch(at=AT + timedelta(days=1)) == 0
    assert Nudge.objects.get().state == NudgeState.DROPPED


def test_a_number_is_used_once_its_code_was_typed(service: Service) -> None:
    lan = people.person(language="en", mailbox="")
    actions.set_number(person=lan, typed="+84 912 345 678", at=AT)
    assert channel(sent(lan), lan) == Channel.INBOX
    code = Nudge.objects.get().text.split()[3].rstrip(".")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    with pytest.raises(BadInput):
        actions.confirm_number(person_id=lan.pk, code=wrong, at=AT)
    assert actions.confirm_number(person_id=lan.pk, code=code, at=AT).e164 == "+84912345678"
    assert channel(sent(lan), lan) == Channel.SMS


def test_a_code_ends_after_ten_minutes_and_after_five_wrong_ones(service: Service) -> None:
    lan = people.person(language="en")
    actions.set_number(person=lan, typed="+84912345678", at=AT)
    code = Nudge.objects.get().text.split()[3].rstrip(".")
    with pytest.raises(BadInput):
        actions.confirm_number(person_id=lan.pk, code=code, at=AT + timedelta(minutes=11))
    for _each in range(5):
        with pytest.raises(BadInput):
            actions.confirm_number(person_id=lan.pk, code="x", at=AT)
    with pytest.raises(BadInput):
        actions.confirm_number(person_id=lan.pk, code=code, at=AT)
    for _each in range(2):
        actions.set_number(person=lan, typed="+84912345678", at=AT)
    with pytest.raises(Refusal, match="Three codes"):
        actions.set_number(person=lan, typed="+84912345678", at=AT)


@pytest.mark.parametrize("typed", ["", "0912345678", "+84", "+99912345", "call me", "+1 555 01", "+849123456789012345"])
def test_what_is_no_number_is_refused(service: Service, typed: str) -> None:
    with pytest.raises(BadInput):
        actions.set_number(person=people.person(), typed=typed, at=AT)
    assert not Number.objects.exists()


@hypothesis_settings(max_examples=200)
@given(title=st.text(min_size=1, max_size=200), body=st.text(max_size=3000))
def test_an_sms_fits_and_never_loses_its_link(title: str, body: str) -> None:
    link = "https://kith.example.com/inbox/0e0f5be0-1111-4222-8333-444455556666/"
    text = render_text(title=Text(en=title), body=Text(en=body), version=1, language="en")
    words = sms(text, sender="Sen", link=link)
    assert words.endswith(f" {link}")
    assert len(words) <= room(words) or len(words) <= room("ệ")


def test_what_is_cut_says_so_and_what_fits_is_left_alone() -> None:
    assert shortened("one two three", 100) == "one two three"
    assert shortened("one two three four", 14) == "one two..."


def test_devices_and_numbers_are_ones_own(service: Service) -> None:
    lan, minh = people.employee(), people.employee()
    row, _browser = device(lan, service)
    other = Browser()
    mine = access.client(lan)
    assert access.client(minh).post(f"/me/devices/{row.public_id}/remove/").status_code == 302
    assert PushDevice.objects.count() == 1
    given = {"endpoint": f"{service.url}/push/2", "p256dh": other.p256dh, "auth": other.auth, "label": "Firefox Linux"}
    assert mine.post("/me/devices/", given).status_code == 201
    assert mine.post("/me/devices/", {**given, "auth": "x"}).status_code == 400
    assert "Firefox Linux" in mine.get("/me/notifications/").text
    mine.post(f"/me/devices/{row.public_id}/remove/")
    assert PushDevice.objects.get().label == "Firefox Linux"
    mine.post("/me/number/", {"number": "+84912345678"})
    assert "The code we sent" in mine.get("/me/notifications/").text
    mine.post("/me/number/", {"number": ""})
    assert not Number.objects.exists()


def test_what_is_published_is_nudged_and_what_failed_is_mailed(service: Service) -> None:
    lan = people.person(mailbox="lan@example.com")
    set_reach(person_id=lan.pk, wish=Wish(push_first=True))
    device(lan, service)
    make.message([lan])
    tell_all(at=AT)
    assert MailOut.objects.count() == 0
