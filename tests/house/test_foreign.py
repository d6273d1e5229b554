"""The matrix over things that exist: another customer or supplier asks for each of them, and gets what a missing one gets."""

import re
import uuid
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from kith.access.routes import Route, all_routes
from kith.billing.invoices.models import Invoice
from kith.care.offers.models import GiftOffer
from kith.care.programmes.actions import begin_due, do_due
from kith.commerce.orders.models import Order
from kith.config.demo.actions import ensure_demo
from kith.content.news.models import News
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Message
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut
from kith.notices.publishing.models import Notice
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.promises.commitments.models import Promise
from kith.support.requests.models import ServiceRequest
from kith.voice.ideas.models import Idea
from tests.access import make as access

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
_UUID = re.compile(r"<uuid:\w+>")
_NOISE = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+|[0-9a-f]{8}-[0-9a-f-]{27}')
OUTSIDERS = ("Katrin Vogel", "Võ Thanh Hải", "Marco Silva")
GUARDED: dict[str, type[Model]] = {
    "gift-offer": GiftOffer, "idea": Idea, "invoice": Invoice, "mail": MailOut, "message": Message, "news": News, "notice": Notice,
    "order": Order, "person": Person, "promise": Promise, "request": ServiceRequest, "segment": Segment,
}  # fmt: skip
UNGUARDED_HERE = {"import", "kiosk", "portrait", "product", "programme"}  # none exist in the demo, or all may see them


@pytest.fixture
def stage(db: None) -> dict[str, Any]:
    at = clock.now()
    ensure_demo(people=40, at=at)
    for message in Message.objects.filter(sent_out_at=None):
        send_out(message_id=message.pk, at=at)
        make_mails(message_id=message.pk, after=0, upto=Person.objects.latest("pk").pk, at=at)
    tell_all(at=at)
    begin_due(at=at)
    do_due(at=at)
    return {name: access.client(Person.objects.get(full_name=name)) for name in OUTSIDERS}


def thing(kind: str) -> str:
    rows = GUARDED[kind]._default_manager.order_by("pk")
    if kind == "person":
        rows = rows.filter(full_name="Nguyễn Thị Lan")
    if kind in {"order", "invoice"}:
        rows = rows.filter(**{"buyer__full_name" if kind == "order" else "payer__person__full_name": "Emily Clark"})
    found = rows.first()
    assert found is not None, f"the demo has no {kind}"
    return str(found.public_id)  # type: ignore[attr-defined]


def plain(answer: Any) -> tuple[int, bytes]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, _NOISE.sub(rb"\1", body)


def asked(client: Client, method: str, route: Route, key: str) -> tuple[int, bytes]:
    return plain(getattr(client, method)(_UUID.sub(key, route.path)))


def test_another_customers_thing_is_like_a_missing_one(stage: dict[str, Client]) -> None:
    leaks, tried = [], 0
    for route in all_routes():
        if route.guards not in GUARDED or not _UUID.search(route.path) or route.path.startswith("/api/"):
            continue
        key = thing(route.guards)
        for name, client in stage.items():
            for method in ("get", "post"):
                tried += 1
                theirs = asked(client, method, route, key)
                missing = asked(client, method, route, str(uuid.UUID(int=7)))
                if theirs != missing or theirs[0] in {200, 302, 303}:
                    leaks.append(f"{name} {method} {route.path}: {theirs[0]} against {missing[0]}")
    assert leaks == []
    assert tried > 200


def test_every_kind_of_thing_is_in_the_matrix() -> None:
    kinds = {route.guards for route in all_routes() if route.guards}
    assert kinds <= set(GUARDED) | UNGUARDED_HERE
