"""Webhooks: signed, once each, tried again, never inside a transaction, stopped after long failure, secrets kept."""

import base64
import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client

from kith.access.routes import all_routes
from kith.kernel import clock
from kith.kernel.facts import publish
from kith.kernel.facts.models import Fact
from kith.kernel.facts.sequencing import number_facts
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.switches import mute
from kith.messaging.deliveries.models import Delivery
from kith.messaging.webhooks import actions, sending, tasks
from kith.messaging.webhooks.models import Endpoint, EndpointState, Sending, SendingState
from kith.messaging.webhooks.planning import plan
from kith.messaging.webhooks.queries import due_endpoints, endpoints
from kith.people.persons.facts import PersonDeactivated, PersonRegistered
from kith.people.persons.models import Person
from tests.access import make as access
from tests.people import make as people

pytestmark = [pytest.mark.django_db(transaction=True)]
AT = datetime.fromisoformat("2027-03-01T09:00:00Z")


class Receiver:
    """A system that listens: what it got, and what it answers next."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.answers.pop(0) if outer.answers else 204)
                self.end_headers()

            def log_message(self, *_words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/kith"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.KITH_OUTBOUND_HOSTS = frozenset({"127.0.0.1"})
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def boss() -> Person:
    person = people.employee()
    access.grant(person, "administrator")
    return person


def add(receiver: Receiver, boss: Person, *kinds: str) -> tuple[Endpoint, str]:
    return actions.add(url=receiver.url, label="ERP", kinds=kinds, by=boss, at=AT)


def happen(number: int = 1) -> list[Person]:
    made = [people.person() for _ in range(number)]
    for person in made:
        publish(PersonRegistered(person_id=person.pk), at=AT, by_id=person.pk)
    number_facts()
    return made


def go(endpoint: Endpoint, at: datetime = AT) -> int:
    plan(endpoint_id=endpoint.pk, at=at)
    sent = 0
    while some := sending.send_batch(endpoint_id=endpoint.pk, at=at):
        sent += some
    return sent


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Check a signature as a receiver does (docs/api.md shows these lines)."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, each) for each in headers["webhook-signature"].split(" "))


def test_a_fact_is_told_signed_and_once(receiver: Receiver, boss: Person) -> None:
    happen()
    endpoint, secret = add(receiver, boss, "people.PersonRegistered")
    [person] = happen()
    publish(PersonDeactivated(person_id=person.pk), at=AT)
    number_facts()
    assert go(endpoint) == 1
    assert go(endpoint) == 0
    [(headers, body)] = receiver.got
    assert verified(secret, headers, body)
    assert not verified(secret, headers, body + b" ")
    assert headers["content-type"] == "application/json"
    assert int(headers["webhook-timestamp"]) == int(AT.timestamp())
    row = Sending.objects.get()
    assert headers["webhook-id"] == f"msg_{row.public_id.hex}"
    key = str(person.public_id)
    assert json.loads(body) == {
        "type": "people.PersonRegistered", "timestamp": AT.isoformat(),
        "data": {"position": row.position, "by": key, "about": [{"kind": "person", "id": key}], "person": key},
    }  # fmt: skip
    assert (row.state, row.status, row.attempts) == (SendingState.SENT, 204, 1)


def test_every_kind_is_told_where_none_is_chosen_each_endpoint_once(receiver: Receiver, boss: Person) -> None:
    first, _secret = add(receiver, boss)
    second, _secret = add(receiver, boss)
    happen(45)
    assert (go(first), go(second)) == (47, 46)  # that webhooks were added are facts too
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 93
    told = Sending.objects.filter(endpoint=second, kind="people.PersonRegistered")
    positions = told.order_by("id").values_list("position", flat=True)
    assert list(positions) == sorted(
        Fact.objects.filter(kind="people.PersonRegistered").values_list("position", flat=True)
    )


def test_what_is_not_taken_is_tried_again_with_the_same_id(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss, "people.PersonRegistered")
    happen()
    receiver.answers = [500, 302, 429]
    at = AT
    for seconds in (5, 300, 1800):
        assert go(endpoint, at) == 0
        assert go(endpoint, at + timedelta(seconds=seconds - 1)) == 0
        at += timedelta(seconds=seconds)
    assert go(endpoint, at) == 1
    assert len(receiver.got) == 4
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    endpoint.refresh_from_db()
    assert (Sending.objects.get().attempts, endpoint.failing_since, endpoint.failures) == (4, None, 0)


def test_a_dead_endpoint_rests_and_holds_up_nobody(receiver: Receiver, boss: Person) -> None:
    dead, _secret = add(receiver, boss, "people.PersonRegistered")
    Endpoint.objects.filter(pk=dead.pk).update(url="http://127.0.0.1:9/")
    alive, _secret = add(receiver, boss, "people.PersonRegistered")
    happen(30)
    assert (go(dead), go(alive)) == (0, 30)
    assert Sending.objects.filter(endpoint=dead, attempts__gt=0).count() == 1
    assert due_endpoints(at=AT + timedelta(seconds=4)) == []
    assert due_endpoints(at=AT + timedelta(seconds=5)) == [dead.pk]


def test_long_failure_stops_it_and_tells_the_administrators(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss, "people.PersonRegistered")
    happen()
    receiver.answers = [500] * 20
    at = AT
    while endpoint.state == EndpointState.ACTIVE and at < AT + timedelta(days=10):
        go(endpoint, at)
        endpoint.refresh_from_db()
        at += timedelta(hours=2)
    assert timedelta(days=3) <= at - AT <= timedelta(days=4)
    assert endpoint.state == EndpointState.STOPPED
    told = Delivery.objects.get(person_id=boss.pk)
    assert told.message.title["en"] == "The webhook “ERP” was stopped"
    happen(2)
    receiver.answers = []
    assert go(endpoint, at) == 0
    actions.resume(public_id=endpoint.public_id, by=boss, at=at)
    assert go(endpoint, at) == 3  # nothing of what happened meanwhile is lost


def test_a_receiver_that_says_it_is_gone_is_believed(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss, "people.PersonRegistered")
    happen()
    receiver.answers = [410]
    go(endpoint)
    endpoint.refresh_from_db()
    assert endpoint.state == EndpointState.STOPPED


def test_a_roll_signs_with_both_for_a_day(receiver: Receiver, boss: Person) -> None:
    endpoint, old = add(receiver, boss, "people.PersonRegistered")
    new = actions.roll_secret(public_id=endpoint.public_id, by=boss, at=AT)
    happen()
    go(endpoint, AT + timedelta(hours=23))
    happen()
    go(endpoint, AT + timedelta(hours=25))
    both, one = receiver.got
    assert (verified(new, *both), verified(old, *both), verified(new, *one), verified(old, *one)) == (
        True,
        True,
        True,
        False,
    )


def test_paused_muted_and_removed_ones_send_nothing(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss, "people.PersonRegistered")
    actions.pause(public_id=endpoint.public_id, by=boss, at=AT)
    happen()
    assert go(endpoint) == 0
    with pytest.raises(Refusal):
        actions.send_test(public_id=endpoint.public_id, at=AT)
    actions.resume(public_id=endpoint.public_id, by=boss, at=AT)
    mute(at=AT)
    assert go(endpoint) == 0
    actions.remove(public_id=endpoint.public_id, by=boss, at=AT)
    assert Sending.objects.get().state == SendingState.DROPPED
    assert (list(endpoints()), Endpoint.objects.get().secret) == ([], "")
    with pytest.raises(NotFound):
        actions.resume(public_id=endpoint.public_id, by=boss, at=AT)


def test_a_killed_sender_s_lease_ends_and_the_fact_is_told(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss, "people.PersonRegistered")
    happen()
    plan(endpoint_id=endpoint.pk, at=AT)
    assert len(sending.lease(endpoint_id=endpoint.pk, at=AT)) == 1
    assert go(endpoint, AT + timedelta(minutes=4)) == 0
    assert go(endpoint, AT + timedelta(minutes=6)) == 1


def test_two_senders_at_once_tell_each_fact_once(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss, "people.PersonRegistered")
    happen(40)

    def run() -> None:
        from django.db import connections  # noqa: PLC0415

        go(endpoint)
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(headers["webhook-id"] for headers, _body in receiver.got) == sorted(
        f"msg_{row.public_id.hex}" for row in Sending.objects.all()
    )
    assert len(receiver.got) == 40


def test_the_tick_and_its_job_tell_what_happened(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss, "people.PersonRegistered")
    publish(PersonRegistered(person_id=boss.pk), at=AT)
    tasks.look.run(clock.now())  # numbers it too
    assert Fact.objects.filter(position=None).count() == 0
    tasks.send.run(endpoint_id=endpoint.pk)
    assert len(receiver.got) == 1
    Sending.objects.update(created_at=AT - timedelta(days=31))
    tasks.forget.run(AT)
    assert Sending.objects.count() == 0


def test_addresses_that_are_not_public_are_refused(boss: Person) -> None:
    for url in (
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://localhost:5432/",
        "http://example.com/",
        "ftp://x/",
        "x",
        "",
    ):
        with pytest.raises(BadInput) as refusal:
            actions.add(url=url, label="ERP", kinds=[], by=boss, at=AT)
        assert refusal.value.field == "url"
    assert Endpoint.objects.count() == 0


def test_wrong_names_and_kinds_are_named(receiver: Receiver, boss: Person) -> None:
    for given, field in (({"label": " "}, "label"), ({"label": "x" * 101}, "label"), ({"kinds": ["no.Such"]}, "kinds")):
        with pytest.raises(BadInput) as refusal:
            actions.add(**{"url": receiver.url, "label": "ERP", "kinds": [], "by": boss, "at": AT, **given})
        assert refusal.value.field == field


def test_no_secret_is_logged_told_or_shown_again(
    receiver: Receiver, boss: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint, secret = add(receiver, boss)
    rolled = actions.roll_secret(public_id=endpoint.public_id, by=boss, at=AT)
    happen()
    receiver.answers = [500]
    go(endpoint)
    page = access.client(boss).get(f"/admin/webhooks/{endpoint.public_id}/").content.decode()
    facts = json.dumps([fact.data for fact in Fact.objects.all()])
    for hidden in (secret, rolled, secret[6:30], rolled[6:30]):
        assert hidden not in caplog.text
        assert hidden not in facts
        assert hidden not in page
    assert receiver.url not in caplog.text


def test_the_screen_adds_tests_rolls_pauses_and_removes(receiver: Receiver, boss: Person) -> None:
    browser = access.client(boss)
    assert "No other system listens yet" in browser.get("/admin/webhooks/").content.decode()
    wrong = browser.post("/admin/webhooks/", {"label": "ERP", "url": "https://10.0.0.1/"})
    assert (wrong.status_code, "We do not send there" in wrong.content.decode()) == (422, True)
    made = browser.post("/admin/webhooks/", {"label": "ERP", "url": receiver.url, "kinds": ["people.PersonRegistered"]})
    endpoint = Endpoint.objects.get()
    assert endpoint.secret in made.content.decode()
    assert made["Cache-Control"] == "no-store, private"
    at = f"/admin/webhooks/{endpoint.public_id}/"
    assert browser.post(f"{at}test/").status_code == 302
    tasks.send.run(endpoint_id=endpoint.pk)
    [(_headers, body)] = receiver.got
    assert json.loads(body)["type"] == "kith.Test"
    shown = browser.get(at).content.decode()
    assert "kith.Test" in shown
    assert "204" in shown
    rolled = browser.post(f"{at}roll/").content.decode()
    endpoint.refresh_from_db()
    assert endpoint.secret in rolled
    browser.post(f"{at}switch/", {"on": "no"})
    endpoint.refresh_from_db()
    assert endpoint.state == EndpointState.PAUSED
    browser.post(f"{at}remove/")
    assert browser.get(at).status_code == 404


def test_only_administrators_come_in(receiver: Receiver, boss: Person) -> None:
    endpoint, _secret = add(receiver, boss)
    other = access.client(people.employee(), "communications", "hr", "shop", "finance")
    paths = [route for route in all_routes() if route.path.startswith("/admin/webhooks/")]
    assert len(paths) == 6
    for route in paths:
        url = route.path.replace("<uuid:public_id>", str(endpoint.public_id))
        for method in ("get", "post"):
            assert getattr(other, method)(url).status_code == 403
            assert getattr(Client(), method)(url).status_code in {302, 403}
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.removed_at) == (EndpointState.ACTIVE, None)
