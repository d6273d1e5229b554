"""Commands: they happen once a key, in the token's person's name, and say what came of it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from kith.access.apitokens.models import ApiToken
from kith.billing.payments.models import Payment
from kith.commerce.orders.models import Order
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.kernel.idempotency.models import IdempotencyKey
from kith.kernel.texts import Text
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Message
from kith.notices.publishing.models import Notice
from kith.people.segments.actions import save_segment
from kith.support.requests.models import ServiceRequest
from kith.voice.ideas.models import Idea
from tests.access import make as access
from tests.commerce import make
from tests.config.api.make import Program, is_problem
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


@pytest.fixture
def shop(db: None) -> make.Shop:
    return make.shop(stock=10)


def wish(shop: make.Shop, quantity: int = 2, **given: Any) -> dict[str, Any]:
    lines = [{"product": str(shop.product.public_id), "quantity": quantity}]
    return {"store": shop.store.code, "ship_to": "18 Hàng Gai", "method": "bill", "lines": lines, **given}


def test_an_order_is_placed_once_a_key(shop: make.Shop) -> None:
    buyer = Program(shop.employee)
    first = buyer.post("orders", wish(shop), key="one")
    assert (first.status, first.body["total"], first.body["status"], first.body["pay_at"]) == (
        201,
        "150000",
        "placed",
        "",
    )
    again = buyer.post("orders", wish(shop), key="one")
    assert (again.status, again.body, again.headers["Idempotency-Replayed"]) == (201, first.body, "true")
    assert "Idempotency-Replayed" not in first.headers
    assert is_problem(buyer.post("orders", wish(shop, 3), key="one"), 422)
    assert is_problem(buyer.post(f"orders/{first.body['id']}/cancel", key="one"), 422)
    assert Order.objects.count() == 1


def test_nobody_s_key_answers_for_another_s(shop: make.Shop) -> None:
    first = Program(shop.employee).post("orders", wish(shop), key="same")
    other = Program(people.customer()).post("orders", wish(shop), key="same")
    assert other.status == 201
    assert other.body["id"] != first.body["id"]
    assert other.body["total"] == "200000"  # the public price


def test_without_a_key_nothing_moves(shop: make.Shop) -> None:
    said = Program(shop.employee).post("orders", wish(shop), key=None)
    assert is_problem(said, 400)
    assert said.body["field"] == "Idempotency-Key"
    assert (Order.objects.count(), IdempotencyKey.objects.count()) == (0, 0)


def test_a_refusal_keeps_no_key(shop: make.Shop) -> None:
    buyer = Program(shop.employee)
    assert is_problem(buyer.post("orders", wish(shop, expected_total="1"), key="k"), 409)
    assert IdempotencyKey.objects.count() == 0
    assert buyer.post("orders", wish(shop, expected_total="150000"), key="k").status == 201


@pytest.mark.parametrize(
    ("given", "status", "field"),
    [
        ({"lines": []}, 400, "lines"),
        ({"from_basket": True}, 400, "lines"),
        ({"lines": [{"product": "00000000-0000-4000-8000-000000000007", "quantity": 1}]}, 400, "lines"),
        ({"method": "gold"}, 400, "method"),
        ({"ship_to": "  "}, 400, "ship_to"),
        ({"store": "none"}, 404, ""),
        ({"payer": "00000000-0000-4000-8000-000000000007"}, 400, "payer"),
        ({"lines": [{"product": "x", "quantity": 1}]}, 422, "lines.0.product"),
        ({"expected_total": "NaN"}, 422, "expected_total"),
        ({"store": 7}, 422, "store"),
    ],
)
def test_wrong_orders_name_the_field(shop: make.Shop, given: dict[str, Any], status: int, field: str) -> None:
    said = Program(shop.employee).post("orders", wish(shop, **given))
    assert is_problem(said, status)
    assert said.body.get("field", "") == field
    assert Order.objects.count() == 0


def test_a_quantity_beyond_reason_is_refused(shop: make.Shop) -> None:
    buyer = Program(shop.employee)
    for quantity in (0, -1, 1000, 10**30, 1.5, "2", True, None):
        body = wish(shop)
        body["lines"][0]["quantity"] = quantity
        said = buyer.post("orders", body)
        assert said.status in {201, 422}, quantity
        assert said.status == 422 or quantity in {"2", True}, quantity


def test_an_order_is_cancelled_whole_or_by_units(shop: make.Shop) -> None:
    buyer = Program(shop.employee)
    order = buyer.post("orders", wish(shop, 3)).body
    one = buyer.post(f"orders/{order['id']}/lines/1/cancel", {"quantity": 1}, key="c")
    assert (one.status, one.body["lines"][0]["cancelled"]) == (200, 1)
    assert buyer.post(f"orders/{order['id']}/lines/1/cancel", {"quantity": 1}, key="c").body == one.body
    assert is_problem(buyer.post(f"orders/{order['id']}/lines/9/cancel", {"quantity": 1}), 404)
    assert is_problem(buyer.post(f"orders/{order['id']}/lines/1/cancel", {"quantity": 5}), 400)
    whole = buyer.post(f"orders/{order['id']}/cancel")
    assert (whole.status, whole.body["status"]) == (200, "cancelled")
    finance = Program(people.employee(), roles=("finance",))
    assert is_problem(finance.post(f"orders/{order['id']}/cancel"), 403)


def test_the_shop_takes_an_order_on_step_by_step(shop: make.Shop) -> None:
    order = Program(shop.employee).post("orders", wish(shop)).body
    keeper = Program(people.employee(), roles=("shop",))
    assert is_problem(keeper.post(f"orders/{order['id']}/advance", {"to": "shipped"}), 409)
    for step in ("picking", "packed", "shipped", "delivered"):
        said = keeper.post(f"orders/{order['id']}/advance", {"to": step})
        assert (said.status, said.body["status"]) == (200, step)
    assert is_problem(Program(shop.employee).post(f"orders/{order['id']}/advance", {"to": "picking"}), 403)


def test_a_basket_is_filled_priced_and_ordered(shop: make.Shop) -> None:
    buyer, store = Program(shop.employee), shop.store.code
    at = f"baskets/{store}/lines/{shop.product.public_id}"
    assert buyer.get("baskets").body == {"items": []}
    full = buyer.put(at, {"quantity": 2})
    assert (full.status, full.body["total"], full.body["saved"], full.body["problems"]) == (200, "150000", "50000", [])
    assert buyer.get("baskets").body == {"items": [{"store": store, "lines": 1}]}
    assert buyer.put(at, {"quantity": 99}).body["problems"][0]["code"] == "stock"
    assert is_problem(buyer.put(at, {"quantity": 2, "price": "1"}), 422)
    buyer.put(at, {"quantity": 2})
    assert Program(people.employee()).get(f"baskets/{store}").body["lines"] == []
    placed = buyer.post("orders", {**wish(shop), "lines": [], "from_basket": True})
    assert (placed.status, placed.body["total"]) == (201, "150000")
    assert buyer.get("baskets").body == {"items": []}
    assert buyer.put(at, {"quantity": 0}).status == 200


def test_prices_are_a_person_s_and_explained(shop: make.Shop) -> None:
    mine = Program(shop.employee).get(f"prices?store={shop.store.code}").body["items"][0]
    assert (mine["public_price"], mine["unit_price"], mine["needs_quota"]) == ("100000", "75000", True)
    assert sum(int(step["amount"]) for step in mine["steps"]) == 75000
    stranger = Program(people.customer())
    path = f"prices?store={shop.store.code}&person={shop.employee.public_id}"
    assert is_problem(stranger.get(path), 404)
    assert stranger.get(f"prices?store={shop.store.code}").body["items"][0]["unit_price"] == "100000"
    keeper = Program(people.customer(), roles=("shop",))
    assert keeper.get(path).body["items"][0]["unit_price"] == "75000"


def test_a_bill_is_read_and_paid_by_its_payer_only(shop: make.Shop) -> None:
    buyer = Program(people.customer())
    order = buyer.post("orders", wish(shop)).body
    tell_all(at=clock.now())
    bill = buyer.get("invoices").body["items"][0]
    assert (bill["total"], bill["due"], bill["reference"]) == ("200000", "200000", {"kind": "order", "id": order["id"]})
    assert buyer.get(f"invoices/{bill['id']}").body["lines"][0]["quantity"] == 2
    body = {"invoice": bill["id"], "method": "test-gateway"}
    other = Program(people.employee(), roles=("finance",))
    assert is_problem(other.post("payments", body), 404)
    paying = buyer.post("payments", body, key="p")
    if paying.status == 201:
        assert (paying.body["amount"], paying.body["state"]) == ("200000", "pending")
        assert buyer.post("payments", body, key="p").body == paying.body
    else:
        assert is_problem(paying, 400)  # this process has no way to pay online
    assert is_problem(buyer.post("payments", {**body, "amount": "1"}), 422)
    assert Payment.objects.count() <= 1


@pytest.fixture
def duties(db: None) -> None:
    """Let somebody answer for every duty: the administrators."""
    access.grant(people.employee(), "administrator")


def test_a_request_is_asked_answered_and_closed(duties: None) -> None:
    asker, agent = Program(people.customer()), Program(people.employee(), roles=("agent",))
    made = asker.post("requests", {"title": "Where is it?", "text": "My parcel.", "topic": "order"}, key="r")
    assert (made.status, made.body["state"]) == (201, "open")
    assert made.body["due_at"] is not None
    assert (
        asker.post("requests", {"title": "Where is it?", "text": "My parcel.", "topic": "order"}, key="r").body
        == made.body
    )
    url = f"requests/{made.body['id']}"
    assert is_problem(Program(people.employee()).get(url), 404)
    assert agent.post(f"{url}/answers", {"text": "It comes tomorrow."}).body["ours"] is True
    assert asker.get(url).body["state"] == "answered"
    assert [said["ours"] for said in asker.get(f"{url}/answers").body["items"]] == [False, True]
    assert is_problem(agent.post(f"{url}/close"), 409)
    assert asker.post(f"{url}/close").body["state"] == "closed"
    assert ServiceRequest.objects.count() == 1


def test_an_idea_is_submitted_voted_commented_and_answered(duties: None) -> None:
    author, colleague = Program(people.employee()), Program(people.employee())
    made = author.post("ideas", {"title": "Lights", "text": "Switch them off at night.", "category": "costs"})
    assert (made.status, made.body["votes"]) == (201, 0)
    url = f"ideas/{made.body['id']}"
    assert colleague.put(f"{url}/vote").body["votes"] == 1
    assert colleague.put(f"{url}/vote").body["votes"] == 1
    assert is_problem(author.put(f"{url}/vote"), 409)
    assert colleague.post(f"{url}/comments", {"text": "Yes!"}).status == 201
    assert [said["text"] for said in author.get(f"{url}/comments").body["items"]] == ["Yes!"]
    leader = Program(people.employee(), roles=("leadership",))
    assert is_problem(leader.post(f"{url}/answer", {"verdict": "declined", "text": "No."}), 400)
    said = leader.post(f"{url}/answer", {"verdict": "done", "text": "From tonight on."})
    assert (said.status, said.body["state"], said.body["answered_by"]) == (200, "done", str(leader.person.public_id))
    assert is_problem(author.post(f"{url}/answer", {"verdict": "done", "text": "Mine."}), 409)
    assert Idea.objects.count() == 1


def _everyone() -> str:
    return str(save_segment(name=Text(en="All"), rule={"everyone": True}, at=clock.now(), by_id=None).public_id)


def test_a_notice_is_written_published_acknowledged_and_proved() -> None:
    reader = Program(people.employee())
    writer = Program(people.employee(), roles=("communications",))
    due = (clock.now() + timedelta(days=1)).isoformat()
    draft = {"title": {"en": "Gate 3"}, "body": {"en": "Closed today."}, "segment": _everyone(), "due_at": due}
    made = writer.post("notices", draft)
    assert (made.status, made.body["state"], made.body["audience"]) == (201, "draft", 0)
    url = f"notices/{made.body['id']}"
    assert writer.put(url, {**draft, "title": {"en": "Gate 4"}}).body["title"] == {"en": "Gate 4"}
    out = writer.post(f"{url}/publish", key="p")
    assert (out.status, out.body["state"]) == (200, "published")
    assert writer.post(f"{url}/publish", key="p").body == out.body
    assert is_problem(writer.post(f"{url}/publish"), 409)
    send_out(message_id=Message.objects.get().pk, at=clock.now())
    mine = reader.get("acknowledgements?state=outstanding").body["items"][0]
    assert mine["title"] == "Gate 4"
    assert is_problem(reader.post("acknowledgements", {"message": mine["message"], "seen": "0" * 64}), 409)
    done = reader.post("acknowledgements", {"message": mine["message"], "seen": mine["seen"]})
    assert (done.status, done.body["state"]) == (200, "acknowledged")
    assert reader.post("acknowledgements", {"message": mine["message"], "seen": mine["seen"]}).body == done.body
    stands = writer.get(url).body
    assert stands["counts"]["acknowledged"] == 1
    assert sum(stands["counts"].values()) == stands["audience"] == 2
    proof = writer.get(f"{url}/acknowledgements").body["items"]
    assert {(line["person"], line["state"], line["via"]) for line in proof} == {
        (str(reader.person.public_id), "acknowledged", "api"), (str(writer.person.public_id), "sent", "")}  # fmt: skip
    assert is_problem(reader.get(url), 403)
    assert writer.post(f"{url}/withdraw").body["state"] == "withdrawn"
    assert Notice.objects.count() == 1


def test_a_segment_is_made_counted_and_changed() -> None:
    maker = Program(people.employee(), roles=("hr",))
    made = maker.post("segments", {"name": {"en": "All"}, "rule": {"everyone": True}})
    assert (made.status, made.body["count"], made.body["version"]) == (201, 1, 1)
    people.customer()
    url = f"segments/{made.body['id']}"
    assert maker.get(url).body["count"] == 2
    changed = maker.put(url, {"name": {"en": "Us"}, "rule": {"attribute": "tie", "is": ["employee"]}}).body
    assert (changed["version"], changed["count"], changed["name"]) == (2, 1, {"en": "Us"})
    for rule in (
        {},
        {"attribute": "salary", "is": ["1"]},
        {"all": []},
        {"raw": "1=1"},
        {"attribute": "tie", "is": [1]},
    ):
        assert is_problem(maker.put(url, {"name": {"en": "x"}, "rule": rule}), 400)


def _at_once(number: int, act: Callable[[], Any]) -> list[Any]:
    gate, found = threading.Barrier(number), []

    def run() -> None:
        try:
            gate.wait(10)
            found.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_one_key_are_one_order() -> None:
    shop = make.shop(stock=10)
    program = Program(shop.employee)
    body = wish(shop, 1)
    answers = _at_once(8, lambda: Program.ask(_again(program), "post", "orders", body, key="race"))
    assert [each.status for each in answers] == [201] * 8
    assert len({each.body["id"] for each in answers}) == 1
    assert sorted("Idempotency-Replayed" in each.headers for each in answers) == [False, *[True] * 7]
    assert Order.objects.count() == 1
    shop.product.item.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_their_own_keys_never_sell_more_than_there_is() -> None:
    shop = make.shop(stock=3, quota=100)
    program = Program(shop.employee)
    answers = _at_once(8, lambda: _again(program).post("orders", wish(shop, 1)))
    assert sorted(each.status for each in answers) == [201] * 3 + [409] * 5
    assert Order.objects.count() == 3


def _again(program: Program) -> Program:
    """Return the same program with a connection of its own."""
    twin = object.__new__(Program)
    vars(twin).update(vars(program), client=type(program.client)())
    return twin


def test_a_token_never_outlives_its_person_s_right(shop: make.Shop) -> None:
    buyer = Program(shop.employee)
    ApiToken.objects.update(revoked_at=clock.now())
    assert buyer.get("me").status == 401
