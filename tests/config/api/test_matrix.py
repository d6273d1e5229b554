"""Every operation of the API, asked by every kind of person: for their own, another's and a missing thing."""

import itertools
import re
import uuid
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from kith.access.routes import Route, all_routes
from kith.billing.invoices.models import Invoice
from kith.billing.payments.models import Payment
from kith.care.programmes.models import Programme
from kith.commerce.orders.models import Order
from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.config.api import api
from kith.config.api_schema import METHODS, schema_of
from kith.config.demo.actions import ensure_demo
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.notices.publishing.models import Notice
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.people.ties.models import Tie
from kith.promises.commitments.models import Promise
from kith.support.requests.models import ServiceRequest
from kith.voice.ideas.models import Idea
from tests.config.api.make import Program, is_problem
from tests.config.api.samples import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
TABLES: dict[str, type[Model]] = {
    "idea": Idea, "invoice": Invoice, "notice": Notice, "order": Order, "payment": Payment, "person": Person,
    "product": Product, "promise": Promise, "request": ServiceRequest, "segment": Segment, "tie": Tie, "unit": Unit,
}  # fmt: skip
OUTSIDERS = ("Katrin Vogel", "Võ Thanh Hải", "Marco Silva")
OPEN = {"product"}
"""What everybody who is signed in may look at."""
MISSING = str(uuid.UUID(int=7))
_UUID = re.compile(r"<uuid(?:str)?:\w+>")


def operations() -> list[Route]:
    return [route for route in all_routes() if route.path.startswith("/api/v1/") and route.name not in {
        "api:openapi", "api:docs", "api:api-root"}]  # fmt: skip


def each_method() -> list[tuple[Route, str]]:
    return [(each, method) for each in operations() for method in each.methods]


@pytest.fixture
def stage(db: None) -> dict[str, Program]:
    at = clock.now()
    ensure_demo(people=40, at=at)
    tell_all(at=at)
    administrator = Program(Person.objects.get(full_name="Nguyễn Thị Lan"), roles=(
        "administrator", "communications", "hr", "shop", "finance", "agent", "leadership"), scopes=("read", "write", "bounces"))  # fmt: skip
    outsiders = {name: Program(Person.objects.get(full_name=name)) for name in OUTSIDERS}
    return {"all roles": administrator, **outsiders}


def concrete(route: Route, key: str) -> str:
    path = _UUID.sub(key, route.path, count=1)
    path = _UUID.sub(MISSING, path).replace("<int:position>", "1")
    store = Store.objects.order_by("pk").values_list("code", flat=True).first() or "none"
    code = Programme.objects.order_by("pk").values_list("code", flat=True).first() or "none"
    return path.replace("<slug:store>", store).replace("<slug:code>", code)


def foreign(kind: str, person: Person) -> str:
    """Return a thing of a kind that is none of the person's."""
    rows = TABLES[kind]._default_manager.order_by("pk")
    mine = {"order": "buyer", "invoice": "payer__person", "payment": "payer__person", "request": "asker", "idea": "author",
            "tie": "person"}  # fmt: skip
    if kind == "person":
        rows = rows.exclude(pk=person.pk)
    elif kind == "promise":
        rows = rows.exclude(owner=person).exclude(waiting_person=person)
    elif kind in mine:
        rows = rows.exclude(**{mine[kind]: person})
    found = rows.first()
    assert found is not None, f"the demo has no {kind}"
    return str(found.public_id)  # type: ignore[attr-defined]


def test_the_matrix_knows_every_operation_of_the_description() -> None:
    described = {
        (method.upper(), path)
        for path, methods in schema_of(api)["paths"].items()
        for method in METHODS
        if method in methods
    }
    listed = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)) for route in operations() for method in route.methods
    }
    assert listed == described
    assert len(described) >= 60


def test_another_s_thing_is_like_a_missing_one(stage: dict[str, Program]) -> None:
    leaks, tried = [], 0
    guarded = [
        each for each in operations() if each.guards in TABLES and each.guards not in OPEN and _UUID.search(each.path)
    ]
    for route, name in itertools.product(guarded, OUTSIDERS):
        outsider = stage[name]
        key = foreign(route.guards, outsider.person)
        for method in route.methods:
            body = body_of(method, route.path)
            theirs, missing = (outsider.ask(method.lower(), concrete(route, each), body) for each in (key, MISSING))
            tried += 1
            if (theirs.status, theirs.body) != (missing.status, missing.body) or theirs.status not in {403, 404}:
                leaks.append(f"{name} {method} {route.path}: {theirs} against {missing}")
    assert leaks == []
    assert tried == 3 * sum(len(route.methods) for route in guarded) >= 75


def test_those_whose_work_it_is_see_every_thing(stage: dict[str, Program]) -> None:
    wrong, tried = [], 0
    for route in operations():
        if "GET" not in route.methods or "store" in route.path:
            continue
        key = foreign(route.guards, stage["all roles"].person) if route.guards in TABLES else MISSING
        said = stage["all roles"].get(concrete(route, key) + ("?store=shop" if route.path.endswith("/prices") else ""))
        tried += 1
        if said.status != 200 and not (route.path.endswith("/prices") and said.status == 404):
            wrong.append(f"{route.path}: {said.status} {said.body}")
    assert wrong == []
    assert tried >= 34


def test_without_a_token_or_its_scope_nothing_is_said_or_done(stage: dict[str, Program]) -> None:
    person = stage["all roles"].person
    blind, reader = Program(person, scopes=("operate",)), Program(person, scopes=("read",))
    wrong = []
    for route, method in each_method():
        body = body_of(method, route.path)
        url = concrete(route, MISSING)
        nobody = getattr(Client(), method.lower())(url).status_code
        if nobody != 401:
            wrong.append(f"{method} {url} without a token: {nobody}")
        if not is_problem(blind.ask(method.lower(), url, body), 403):
            wrong.append(f"{method} {url} without a scope")
        if method != "GET" and not is_problem(reader.ask(method.lower(), url, body), 403):
            wrong.append(f"{method} {url} with a reader's token")
    assert wrong == []


HOSTILE: dict[str, Any] = {
    "role": "administrator", "org": 1, "is_staff": True, "salary": 1, "price": "0.01", "paid": True, "state": "accepted",
    "owner": MISSING, "id": 1,
}  # fmt: skip


def test_no_command_takes_a_field_it_does_not_name(stage: dict[str, Program]) -> None:
    taken, tried = [], 0
    for route, method in each_method():
        body = body_of(method, route.path)
        if body is None:
            continue
        for name, value in HOSTILE.items():
            said = stage["all roles"].ask(method.lower(), concrete(route, MISSING), {**body, name: value})
            tried += 1
            named = {error["field"] for error in (said.body or {}).get("errors", [])}
            if said.status != 422 or name not in named:
                taken.append(f"{method} {route.path} {name}: {said.status} {said.body}")
    assert taken == []
    assert tried == 9 * sum(
        1 for each in operations() for method in each.methods if body_of(method, each.path) is not None
    )


PRIVATE = ("salary", "birth", "phone", "mailbox", "bank", "tax_id", "home_address", "personnel", "password", "digest")


def test_no_answer_holds_what_is_private() -> None:
    """Looks through every schema of an answer: no field speaks of pay, health, birth, bank or a way into the house."""
    schemas = schema_of(api)["components"]["schemas"]
    names = {f"{owner}.{name}" for owner, made in schemas.items() for name in made.get("properties", {})}
    assert [name for name, word in itertools.product(sorted(names), PRIVATE) if word in name.lower()] == []
