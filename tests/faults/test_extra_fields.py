"""Row 17: a field nobody asked for changes nothing, and answers hold no more than their reader may know."""

import subprocess
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from kith.access.grants.models import Grant
from kith.access.routes import all_routes
from kith.commerce.orders.models import Order
from kith.config.ground import postgres
from kith.people.persons.models import BirthdayVisibility, Person
from kith.promises.commitments.models import Promise
from kith.promises.duty.actions import set_holders
from kith.support.requests.models import RequestState, Saying, ServiceRequest
from kith.voice.ideas.models import Comment, Idea, IdeaState
from tests.access import make as access
from tests.commerce import make as commerce
from tests.commerce.checkout.test_check_out import form_of, put
from tests.config.api.make import Program
from tests.config.api.samples import body_of
from tests.people import make as people
from tests.people.make import AT
from tests.portal.preferences.test_me import profile
from tests.support.crawling import crawl
from tests.support.databases import TestServer
from tests.voice.make import house

pytestmark = [pytest.mark.fault, pytest.mark.row(17), pytest.mark.urls("kith.config.urls")]
WORD, NUMBER, KEY = "Kanarienvogel7391", 739_173_917, str(uuid.UUID(int=0x7391 << 100))
NAMES = (
    "role", "roles", "org", "organization", "organization_id", "is_staff", "is_superuser", "salary", "price_paid", "paid",
    "total", "amount", "unit_price", "currency", "state", "status", "owner", "owner_id", "author", "author_id", "asker",
    "asker_id", "buyer", "buyer_id", "person", "person_id", "id", "pk", "public_id", "created_at", "at", "answered_by",
    "answered_at", "ours", "full_name", "mailbox", "number", "epoch", "deactivated_at", "nonce", "folded", "filing",
)  # fmt: skip
REAL = {
    "role": "administrator", "roles": "administrator", "is_staff": "1", "is_superuser": "1", "state": "done", "status": "done",
    "paid": "1", "ours": "1", "total": "1", "amount": "1", "unit_price": "1", "at": "2001-01-01T00:00:00Z",
    "created_at": "2001-01-01T00:00:00Z", "public_id": KEY, "id": str(NUMBER), "pk": str(NUMBER),
}  # fmt: skip


def extra(victim: Person) -> dict[str, str]:
    """Return everything somebody might add to a form; whoever is named is `victim`."""
    people_named = {name: str(victim.pk) for name in NAMES if name.endswith(("_id", "_by"))}
    named = {name: str(victim.public_id) for name in ("owner", "author", "asker", "buyer", "person")}
    return {**dict.fromkeys(NAMES, WORD), **people_named, **named, **REAL}


@pytest.mark.django_db
def test_every_command_of_the_api_refuses_a_field_it_does_not_name(measured: Callable[[str, str, str], None]) -> None:
    everyone = ("administrator", "communications", "hr", "shop", "finance", "agent", "leadership")
    program, taken, tried = Program(people.employee(language="en"), roles=everyone), [], 0
    for route in all_routes():
        for method in route.methods:
            if (
                not route.path.startswith("/api/v1/")
                or method not in {"POST", "PUT", "PATCH"}
                or route.name == "api:api-root"
            ):
                continue
            body = body_of(method, route.path)
            if body is None or route.policy is None or route.policy.name in FOR_MACHINES:
                continue
            path = route.path.replace("<uuidstr:public_id>", KEY).replace("<uuidstr:order_id>", KEY)
            path = (
                path.replace("<uuidstr:product_id>", KEY).replace("<slug:store>", "none").replace("<slug:code>", "none")
            )
            path = path.replace("<int:position>", "1")
            for name in ("role", "org", "is_staff", "salary", "price", "paid", "owner", "id"):
                tried += 1
                answer = program.ask(method.lower(), path, {**body, name: REAL.get(name, WORD)})
                said = str(answer.body)
                if answer.status != 422 or name not in said:
                    taken.append(f"{method} {path} {name}: {answer.status}")
    measured("Extra fields in commands of the API", "all refused", f"{len(taken)} of {tried} not refused")
    assert tried > 100
    assert taken == []


def kept(server: TestServer, *words: str) -> list[str]:
    name = str(connection.settings_dict["NAME"])
    command = [postgres.binary("pg_dump"), "-h", server.socket, "-U", postgres.USER, "--data-only", name]
    dump = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [word for word in words if word in dump]


@pytest.mark.django_db(transaction=True)
def test_fields_that_no_form_has_change_nothing(test_server: TestServer) -> None:
    here = house()
    lan, victim = here.workers
    set_holders(code="support", persons=[here.author], at=AT, by_id=None)
    browser, more = access.client(lan), extra(victim)
    shop = commerce.shop()
    put(browser, shop, 1)
    at = f"/store/{shop.store.code}/checkout/"
    forms: list[tuple[str, dict[str, str]]] = [
        ("/me/", profile(preferred_name="Lan")),
        ("/support/new/", {"topic": "order", "title": "Where?", "text": "It is late."}),
        ("/ideas/new/", {"title": "Trays", "text": "For bottles.", "anyway": "1"}),
        (at, {**form_of(browser, at), "ship_to": "Desk 12", "method": "bill"}),
    ]
    for path, form in forms:
        assert browser.post(path, {**more, **form}).status_code == 302, path
    idea, asked, order = Idea.objects.get(), ServiceRequest.objects.get(), Order.objects.get()
    for path, form in [
        (f"/ideas/{idea.public_id}/comment/", {"text": "And lids."}),
        (f"/support/{asked.public_id}/say/", {"text": "Please."}),
    ]:
        assert browser.post(path, {**more, **form}).status_code == 302, path
    for found in (idea, asked, order):
        found.refresh_from_db()
        assert str(found.public_id) != KEY
        assert found.pk != NUMBER
    assert (idea.author, idea.state, idea.answer) == (lan, IdeaState.OPEN, "")
    assert (asked.asker, asked.state) == (lan, RequestState.OPEN)
    assert (order.buyer, order.total, order.lines.get().quantity) == (lan, 75000, 1)
    assert {comment.author for comment in Comment.objects.all()} == {lan}
    assert {(said.author, said.ours) for said in Saying.objects.all()} == {(lan, False)}
    assert victim not in {promise.owner for promise in Promise.objects.all()}
    lan.refresh_from_db()
    assert (lan.full_name, lan.mailbox, lan.deactivated_at) == (
        here.workers[0].full_name,
        here.workers[0].mailbox,
        None,
    )
    assert not Grant.objects.filter(person=lan).exists()
    assert kept(test_server, WORD, str(NUMBER), KEY, "2001-01-01") == []


@pytest.mark.django_db(transaction=True)
def test_the_control_the_look_into_the_database_sees_what_was_taken(test_server: TestServer) -> None:
    lan = people.person(phone=WORD)
    assert kept(test_server, WORD, str(NUMBER)) == [WORD]
    assert lan.phone == WORD


FOR_MACHINES = {"operator", "bounces"}
"""Doors that a token of the installation opens, no person's."""
PRIVATE = {"phone": "+84 7391 73917", "birth_year": 1937, "birth_month": 7, "birth_day": 3}


@pytest.mark.django_db
def test_the_lowest_roles_read_nothing_of_what_is_anothers_own(measured: Callable[[str, str, str], None]) -> None:
    here = house()
    lan = here.workers[0]
    Person.objects.filter(pk=lan.pk).update(
        **PRIVATE, mailbox=f"{WORD.lower()}@example.com", birthday_visibility=BirthdayVisibility.NOBODY
    )
    lan.refresh_from_db()
    words = [PRIVATE["phone"], "1937", WORD.lower()]
    leaks, asked, met = [], 0, 0
    for name, reader in (
        ("visitor", None),
        ("customer", people.customer(language="en")),
        ("colleague", here.workers[1]),
    ):
        browser = access.client(reader)
        addresses = [f"/people/{lan.public_id}/", f"/search/?q={lan.full_name}", f"/people/?q={lan.full_name}"]
        answers: list[tuple[str, Any]] = [(path, browser.get(path)) for path in addresses]
        answers += [(path, answer) for _route, path, answer in crawl(browser.get)]
        for path, answer in answers:
            asked += 1
            met += lan.full_name in answer.text
            leaks += [f"{name} {path}: {word}" for word in words if str(word) in answer.text]
        if reader is None:
            continue
        program = Program(reader)
        for route in all_routes():
            if route.path.startswith("/api/v1/") and "GET" in route.methods:
                path = route.path.replace("<uuidstr:public_id>", str(lan.public_id))
                if "<" in path:
                    continue
                asked += 1
                said = str(program.get(path).body)
                leaks += [f"{name} {path}: {word}" for word in words if str(word) in said]
    measured("What the lowest roles read of another", "0 private fields", f"{len(leaks)} in {asked} answers")
    assert leaks == []
    assert asked > 80
    assert met > 3, "the control: she herself is met on these pages"
