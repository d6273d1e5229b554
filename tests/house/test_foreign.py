"""Row 15 over things that exist: outsiders and colleagues ask for somebody's, and get what a missing one gets."""

import re
import uuid
from collections.abc import Callable
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
from kith.config.demo.cast import CAST
from kith.content.news.models import News
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.kernel.texts import Text
from kith.messaging.conversations.models import Conversation, Report
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Message
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut
from kith.notices.publishing.models import Notice
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.promises.commitments.models import Promise
from kith.support.requests.actions import ask
from kith.support.requests.models import ServiceRequest
from kith.voice.campaigns.models import Campaign
from kith.voice.ideas.models import Idea
from tests.access import make as access
from tests.commerce import make as commerce
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls"), pytest.mark.row(15)]
_UUID = re.compile(r"<uuid:\w+>")
_NOISE = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+|[0-9a-f]{8}-[0-9a-f-]{27}')
OUTSIDERS = ("Katrin Vogel", "Võ Thanh Hải", "Marco Silva")
GUARDED: dict[str, type[Model]] = {
    "campaign": Campaign, "conversation": Conversation, "report": Report, "gift-offer": GiftOffer, "idea": Idea, "invoice": Invoice, "mail": MailOut, "message": Message,
    "news": News, "notice": Notice,
    "order": Order, "person": Person, "promise": Promise, "request": ServiceRequest, "segment": Segment,
}  # fmt: skip
CANARY = "Kanarienvogel7391"
ECHO = f'value="{CANARY}"'.encode()  # what somebody typed into the search stands in its field
UNGUARDED_HERE = {
    "api-token",
    "device",
    "card",
    "charity",
    "child",
    "erasure",
    "errand",
    "gift",
    "import",
    "kiosk",
    "mute",
    "payment",
    "portrait",
    "product",
    "programme",
    "term",
    "tie",
    "unit",
    "webhook",
}  # none exist in the demo, or all may see them


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


def private_things(at: Any) -> tuple[Person, dict[str, str]]:
    """Return somebody new and the public ids of what is theirs alone; the canary sings in all of it."""
    victim = people.employee("Quiet Person", unit=Unit.objects.earliest("pk"), language="en")
    store = commerce.store()
    product = commerce.product(store)
    order = commerce.order(store, {product: 1}, victim, ship_to=f"{CANARY} street 1", at=at).order
    request = ask(asker=victim, title=f"{CANARY} asks", text=f"{CANARY} in words", at=at)
    message = send_message(
        message=NewMessage(title=Text(en=f"{CANARY} for you"), body=Text(en=CANARY)), to=[victim.pk], at=at
    )
    tell_all(at=at)
    invoice = Invoice.objects.get(payer__person=victim)
    found: dict[str, Any] = {"order": order, "request": request, "message": message, "invoice": invoice}
    promises = Promise.objects.filter(waiting_person=victim)
    return victim, {kind: str(one.public_id) for kind, one in found.items()} | {
        "promise": str(promises.earliest("pk").public_id)
    }


def colleagues() -> dict[str, Client]:
    """Return the browsers of everybody of the cast whose work is not with others' things."""
    plain = [role for role in CAST if not role.roles]
    return {role.name: access.client(Person.objects.get(full_name=role.name)) for role in plain}


def open_to_all(route: Route) -> bool:
    return route.policy is not None and "role:" not in route.policy.name and not route.path.startswith("/api/")


@pytest.mark.fault
def test_a_colleagues_thing_is_like_a_missing_one_to_all_whose_work_it_is_not(
    stage: dict[str, Client], measured: Callable[[str, str, str], None]
) -> None:
    _victim, things = private_things(clock.now())
    leaks, tried = [], 0
    for route in all_routes():
        if route.guards not in things or not _UUID.search(route.path) or not open_to_all(route):
            continue
        for name, client in colleagues().items():
            for method in ("get", "post"):
                tried += 1
                theirs = asked(client, method, route, things[route.guards])
                missing = asked(client, method, route, str(uuid.UUID(int=7)))
                if theirs != missing or theirs[0] in {200, 303}:
                    leaks.append(f"{name} {method} {route.path}: {theirs[0]} against {missing[0]}")
    measured(
        "Somebody else's thing",
        "like a missing one, byte by byte",
        f"{tried} requests by {len(colleagues())}, {len(leaks)} differ",
    )
    assert not leaks, "\n".join(leaks)
    assert tried > 200


@pytest.mark.fault
def test_no_list_search_or_file_shows_a_strangers_canary_and_the_owners_do(stage: dict[str, Client]) -> None:
    victim, things = private_things(clock.now())
    lists = [
        route.path for route in all_routes() if "<" not in route.path and "GET" in route.methods and open_to_all(route)
    ]
    lists += [f"/search/?q={CANARY}", f"/search/suggest/?q={CANARY}"]
    heard = [
        f"{name} {path}"
        for name, client in colleagues().items()
        for path in lists
        if CANARY.encode() in plain(client.get(path))[1].replace(f"q={CANARY}".encode(), b"").replace(ECHO, b"")
    ]
    assert not heard, "\n".join(heard)
    own = access.client(victim)
    sung = [path for path in lists if CANARY.encode() in plain(own.get(path))[1]]
    assert {"/inbox/", "/support/"} <= set(sung), "the control: its owner hears it"
    assert CANARY in own.get(f"/orders/{things['order']}/").text


def test_every_kind_of_thing_is_in_the_matrix() -> None:
    kinds = {route.guards for route in all_routes() if route.guards}
    assert kinds <= set(GUARDED) | UNGUARDED_HERE
