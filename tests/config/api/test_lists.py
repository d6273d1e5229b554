"""Lists cost the same number of queries however long they are, and what they tell stays in order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.billing.payments.models import Payment
from kith.care.programmes.actions import release
from kith.kernel import clock
from kith.kernel.facts import publish
from kith.kernel.facts.models import Fact
from kith.kernel.facts.sequencing import number_facts
from kith.kernel.facts.telling import tell_all
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.models import Delivery
from kith.notices.publishing.actions import publish as publish_notice
from kith.notices.publishing.actions import write_draft
from kith.notices.severities import Severity
from kith.people.persons.models import Person
from kith.people.segments.actions import save_segment
from kith.support.requests.actions import answer, ask
from kith.support.requests.models import ServiceRequest
from kith.voice.ideas.actions import comment, submit
from kith.voice.ideas.facts import IdeaReopened
from kith.voice.ideas.models import Idea
from tests.access import make as access
from tests.commerce import make
from tests.config.api.make import Program, is_problem
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
WORDS = Text({"en": "Words", "vi": "Lời", "zh-Hans": "文字"})


@pytest.fixture
def boss(db: None) -> Program:
    return Program(people.employee(), roles=("administrator", "communications", "hr", "shop", "finance", "agent"))


def _message(person: Person) -> None:
    new = NewMessage(title=WORDS, body=WORDS, needs_acknowledgement=True)
    send_message(message=new, to=[person.pk], at=clock.now())


def _notice(person: Person) -> None:
    write_draft(author=person, title=WORDS, body=WORDS, severity=Severity.NEWS, at=clock.now())


def _programme(person: Person) -> None:
    step = {"kindness": "greet", "title": dict(WORDS), "body": dict(WORDS)}
    release(code=f"p-{person.pk}-{Fact.objects.count()}", name=WORDS, moment="birthday", rule={"everyone": True}, hour=9,
            steps=[step], at=clock.now(), by_id=None)  # fmt: skip


def _ordered(person: Person) -> None:
    store = make.store()
    make.order(store, {make.product(store): 1, make.product(store): 2}, people.customer())
    tell_all(at=clock.now())


def _paid(person: Person) -> None:
    _ordered(person)
    order = make.Product.objects.latest("pk").order_lines.latest("pk").order
    Payment.objects.create(organization=order.organization, payer=order.payer, reference=f"order:{order.pk}", amount=1,
                           method="test-gateway", currency="VND", created_at=clock.now(), state="captured")  # fmt: skip


def _asked(person: Person) -> None:
    ask(asker=people.customer(), title="Help", text="me", at=clock.now())


def _idea(person: Person) -> None:
    submit(author=people.employee(), title="Lights", text="out", at=clock.now())


def _filled(person: Person) -> None:
    store = make.store()
    Program(person).put(f"baskets/{store.code}/lines/{make.product(store).public_id}", {"quantity": 1})


LISTS: dict[str, Callable[[Person], Any]] = {
    "persons": lambda person: people.employee(manager=person),
    "ties": lambda _person: people.customer(),
    "units": lambda person: people.unit(manager=person, parent=people.unit()),
    "sites": lambda _person: people.site(),
    "segments": lambda _person: save_segment(name=WORDS, rule={"everyone": True}, at=clock.now(), by_id=None),
    "notices": _notice,
    "acknowledgements": _message,
    "programmes": _programme,
    "products": lambda _person: make.product(make.store()),
    "orders": _ordered,
    "invoices": _ordered,
    "payments": _paid,
    "stock": _ordered,
    "baskets": _filled,
    "requests": _asked,
    "ideas": _idea,
    "promises": _idea,
    "facts?type=voice.IdeaSubmitted": _idea,
}


@pytest.mark.parametrize("path", LISTS)
def test_one_row_and_three_cost_the_same(boss: Program, path: str) -> None:
    counted, lengths = [], []
    for add in (1, 2):
        for _ in range(add):
            LISTS[path](boss.person)
        number_facts()
        boss.get(path)  # what a process learns once
        with CaptureQueriesContext(
            connection,
        ) as found:
            said = boss.get(path)
        assert said.status == 200, said
        counted.append(len(found))
        lengths.append(len(said.body["items"]))
    assert counted[0] == counted[1] <= 9, [query["sql"][:90] for query in found.captured_queries]
    assert lengths[1] - lengths[0] >= 2 or path == "baskets"


def test_lists_below_a_thing_cost_the_same(boss: Program) -> None:
    _asked(boss.person)
    _idea(boss.person)
    at, asked, idea = clock.now(), ServiceRequest.objects.get(), Idea.objects.get()
    counted = []
    for add in (1, 2):
        for _ in range(add):
            answer(asked=asked, by=boss.person, roles=frozenset({"agent"}), text="So.", at=at)
            comment(idea=idea, by=boss.person, text="Yes.", at=at)
        with CaptureQueriesContext(connection) as found:
            assert len(boss.get(f"requests/{asked.public_id}/answers").body["items"]) == 1 + (add * (add + 1) // 2)
            assert len(boss.get(f"ideas/{idea.public_id}/comments").body["items"]) == add * (add + 1) // 2
        counted.append(len(found))
    assert counted[0] == counted[1]


def test_the_proof_of_a_notice_costs_the_same_for_every_recipient(boss: Program) -> None:
    segment = save_segment(name=WORDS, rule={"everyone": True}, at=clock.now(), by_id=None)
    notice = write_draft(author=boss.person, title=WORDS, body=WORDS, severity=Severity.NEWS, segment=segment,
                         at=clock.now(), due_at=clock.now() + timedelta(days=1))  # fmt: skip
    notice = publish_notice(notice=notice, by=boss.person, at=clock.now())
    counted = []
    for add in (1, 2):
        for _ in range(add):
            person = people.person()
            Delivery.objects.create(message_id=notice.message_id, person_id=person.pk, reason="")
        with CaptureQueriesContext(connection) as found:
            said = boss.get(f"notices/{notice.public_id}/acknowledgements")
        counted.append(len(found))
    assert (len(said.body["items"]), counted[0]) == (3, counted[1])


def test_pages_pass_nothing_over_and_repeat_nothing(boss: Program) -> None:
    for _ in range(5):
        _idea(boss.person)
    seen, cursor = [], ""
    while cursor is not None:
        page = boss.get(f"ideas?limit=2&cursor={cursor}").body
        seen += [idea["id"] for idea in page["items"]]
        cursor = page["next"]
        _idea(boss.person)  # what comes meanwhile stands before the first page
    assert len(seen) == len(set(seen)) == 5


def test_persons_of_one_name_are_paged_without_loss(boss: Program) -> None:
    made = {str(people.employee("Same Name").public_id) for _ in range(5)}
    seen, cursor = set(), ""
    while cursor is not None:
        page = boss.get(f"persons?q=same+name&limit=2&cursor={cursor}").body
        seen |= {person["id"] for person in page["items"]}
        cursor = page["next"]
    assert seen == made


def test_facts_go_on_from_a_position_and_hold_no_key_of_ours(boss: Program) -> None:
    _idea(boss.person)
    idea = Idea.objects.get()
    number_facts()
    page = boss.get("facts?limit=1").body
    assert (len(page["items"]), page["next"], page["last"]) == (1, page["last"], page["items"][0]["position"])
    rest = boss.get(f"facts?after={page['last']}").body
    assert rest["next"] is None
    told = next(fact for fact in [*page["items"], *rest["items"]] if fact["type"] == "voice.IdeaSubmitted")
    author = str(idea.author.public_id)
    assert told["data"] == {"idea": str(idea.public_id), "author": author}
    assert told["by"] == author
    assert told["about"] == [{"kind": "idea", "id": str(idea.public_id)}, {"kind": "person", "id": author}]
    empty = boss.get(f"facts?after={rest['last']}").body
    assert empty == {"items": [], "last": rest["last"], "next": None}


def test_a_fact_that_is_not_numbered_yet_is_not_told(boss: Program) -> None:
    _idea(boss.person)
    number_facts()
    last = boss.get("facts?limit=200").body["last"]
    publish(IdeaReopened(idea_id=Idea.objects.get().pk), at=clock.now())
    assert boss.get(f"facts?after={last}").body["items"] == []
    number_facts()
    assert [fact["type"] for fact in boss.get(f"facts?after={last}").body["items"]] == ["voice.IdeaReopened"]


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=99999999999999999999", "limit=0"])
def test_odd_positions_are_refused(boss: Program, query: str) -> None:
    assert is_problem(boss.get(f"facts?{query}"), 422)


def test_facts_are_for_administrators_and_operators() -> None:
    assert is_problem(Program(people.employee(), roles=("hr",)).get("facts"), 403)
    assert Program(people.employee(), scopes=("read", "operate")).get("facts").status == 200
    assert is_problem(Program(people.employee(), roles=("administrator",)).get("facts?type=no.Such"), 400)


def test_the_ledger_is_one_s_own_unless_it_is_one_s_work() -> None:
    shop = make.shop()
    make.order(shop.store, {shop.product: 2}, shop.employee, at=clock.now())
    mine = Program(shop.employee)
    entries = mine.get("ledger/entries").body["items"]
    assert sorted(entry["step"] for entry in entries) == ["consume", "grant", "reserve"]
    assert {entry["kind"] for entry in entries} == {"staff-quota"}
    used = next(entry for entry in entries if entry["step"] == "consume")
    assert (used["amount"], used["reference"]["kind"]) == ("2", "order")
    assert mine.get("ledger/balances").body["items"][0]["available"] == "3"
    path = f"ledger/entries?person={shop.employee.public_id}"
    assert is_problem(Program(people.employee()).get(path), 404)
    assert Program(people.employee(), roles=("hr",)).get(path).body["items"] == entries


def test_me_says_who_a_token_speaks_for() -> None:
    program = Program(people.employee("Lan", title="Foreman"), roles=("hr",))
    said = program.get("me").body
    assert (said["name"], said["title"], said["roles"], said["scopes"]) == ("Lan", "Foreman", ["hr"], ["read", "write"])


def test_who_is_no_employee_sees_themselves_only() -> None:
    people.employee()
    guest = Program(people.customer("Guest"))
    assert [person["name"] for person in guest.get("persons").body["items"]] == ["Guest"]
    assert is_problem(guest.get("units"), 403)
    assert is_problem(guest.get("segments"), 403)
    assert [tie["kind"] for tie in guest.get("ties").body["items"]] == ["customer"]
    access.grant(guest.person, "hr")
    assert len(guest.get("ties").body["items"]) == 2


def test_a_programme_is_switched(boss: Program) -> None:
    _programme(boss.person)
    code = boss.get("programmes").body["items"][0]["code"]
    assert boss.put(f"programmes/{code}", {"active": True}).body["active"] is True
    assert is_problem(boss.put("programmes/no-such", {"active": True}), 404)
    assert is_problem(Program(people.employee()).put(f"programmes/{code}", {"active": True}), 403)
