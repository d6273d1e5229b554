from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.messaging.deliveries.models import Delivery
from kith.people.persons.models import Person
from kith.promises.commitments.models import Promise
from kith.promises.duty.actions import set_holders
from kith.support.requests import actions, queries
from kith.support.requests.models import RequestState, ServiceRequest
from tests.access import make as access
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
AGENT = frozenset({"agent"})
NO_ROLES: frozenset[str] = frozenset()


@pytest.fixture
def agent(db: None) -> Person:
    made = people.employee("Tuan")
    for code in ("support", "general"):
        set_holders(code=code, persons=[made], at=AT, by_id=None)
    return made


def ask(asker: Person, **given: Any) -> ServiceRequest:
    return actions.ask(**{"asker": asker, "title": "My order", "text": "Where is it?", "at": AT, **given})


def test_from_the_first_moment_the_duty_owes_an_answer_in_two_working_days(agent: Person) -> None:
    customer = people.customer()
    promise = queries.promise_of(ask(customer))
    assert promise is not None
    assert (promise.owner, promise.waiting_person_id) == (agent, customer.pk)
    assert AT + timedelta(days=1) < promise.due_at < AT + timedelta(days=5)


def test_guests_may_not_ask_and_empty_words_are_refused(agent: Person) -> None:
    with pytest.raises(NotAllowed):
        ask(people.person())
    with pytest.raises(BadInput):
        ask(people.customer(), text="  ")
    assert (ServiceRequest.objects.count(), Promise.objects.count()) == (0, 0)


def test_an_answer_keeps_the_promise_and_tells_the_asker_and_writing_again_owes_another(agent: Person) -> None:
    customer = people.customer()
    asked = ask(customer)
    actions.answer(asked=asked, by=agent, roles=NO_ROLES, text="It is on its way.", at=AT)
    assert queries.promise_of(asked) is None
    assert Promise.objects.get().proof == f"request:{asked.pk}"
    assert Delivery.objects.filter(person_id=customer.pk, message__about=f"request:{asked.pk}").count() == 1
    actions.write_again(asked=asked, by=customer, text="It is not.", at=AT)
    again = queries.promise_of(asked)
    assert again is not None
    assert again.owner == agent
    actions.write_again(asked=asked, by=customer, text="Hello?", at=AT)
    assert Promise.objects.count() == 2
    assert [saying.ours for saying in asked.sayings.all()] == [False, True, False, False]


def test_closing_withdraws_what_is_owed_and_ends_the_talk(agent: Person) -> None:
    customer = people.customer()
    asked = ask(customer)
    with pytest.raises(Refusal):
        actions.close(asked=asked, by=agent, at=AT)
    closed = actions.close(asked=asked, by=customer, at=AT)
    assert closed.state == RequestState.CLOSED
    assert Promise.objects.get().state == "withdrawn"
    for act in (
        lambda: actions.answer(asked=asked, by=agent, roles=AGENT, text="Late.", at=AT),
        lambda: actions.write_again(asked=asked, by=customer, text="More.", at=AT),
        lambda: actions.close(asked=asked, by=customer, at=AT),
    ):
        with pytest.raises(Refusal):
            act()


def test_only_the_owner_and_agents_answer_and_nobody_their_own(agent: Person) -> None:
    colleague = people.employee("Lan")
    asked = ask(colleague)
    with pytest.raises(NotAllowed):
        actions.answer(asked=asked, by=people.employee(), roles=NO_ROLES, text="I say.", at=AT)
    with pytest.raises(NotAllowed):
        actions.answer(asked=asked, by=colleague, roles=AGENT, text="I say.", at=AT)
    actions.answer(asked=asked, by=people.employee(), roles=AGENT, text="I say.", at=AT)
    assert ServiceRequest.objects.get().state == RequestState.ANSWERED


def test_a_foreign_request_is_missing(agent: Person) -> None:
    asked = ask(people.customer())
    path = f"/support/{asked.public_id}/"
    for stranger in (people.customer(), people.employee("Lan")):
        browser = access.client(stranger)
        assert browser.get(path).status_code == 404
        assert browser.post(f"{path}say/", {"text": "Me too."}).status_code == 404
        assert browser.post(f"{path}close/").status_code == 404
    assert access.client(agent).get(path).status_code == 200
    assert access.client(people.employee(), "agent").get(path).status_code == 200


def test_on_screen_from_asking_to_closing(agent: Person) -> None:
    customer = people.customer()
    browser, desk = access.client(customer), access.client(agent)
    empty = browser.post("/support/new/", {"topic": "order", "title": "", "text": "x"})
    assert empty.status_code == 422
    answer = browser.post("/support/new/", {"topic": "order", "title": "My order", "text": "Where is it?"})
    asked = ServiceRequest.objects.get()
    path = f"/support/{asked.public_id}/"
    assert answer.url == path  # type: ignore[attr-defined]
    assert "Tuan answers by" in browser.get(path).content.decode()
    assert "My order" in desk.get("/desk/requests/").content.decode()
    assert desk.post(f"{path}say/", {"text": "On its way."}).status_code == 302
    assert "On its way." in browser.get(path).content.decode()
    assert "My order" not in desk.get("/desk/requests/").content.decode()
    assert browser.post(f"{path}close/").status_code == 302
    assert "Closed" in browser.get(path).content.decode()
    guest = access.client(people.person())
    assert guest.post("/support/new/", {"topic": "order", "title": "T", "text": "x"}).status_code == 403
    assert access.client(customer).get("/desk/requests/").status_code == 403


@pytest.mark.parametrize("path", ["/support/", "/desk/requests/"])
def test_a_list_costs_the_same_for_one_and_three(agent: Person, path: str) -> None:
    customer = people.customer()
    browser = access.client(customer) if path == "/support/" else access.client(agent, "agent")
    counts = []
    for number in (1, 2):
        for _ in range(number):
            ask(customer)
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            page = browser.get(path)
        assert b"My order" in page.content
        counts.append(len(captured))
    assert counts[0] == counts[1]
