"""Row 2: every scarce thing there is, wanted by 50 where one is left and by 60 where ten are: exactly those are taken."""

import itertools
import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from kith.access.tokens.actions import issue, use
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.queries import find
from kith.care.offers.actions import choose
from kith.care.offers.models import GiftOffer
from kith.commerce.gifts.actions import Parcel, order_gift, save_policy
from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.gifts.models import Gift, Given
from kith.commerce.orders.actions import cancel_units
from kith.commerce.orders.models import Order
from kith.kernel.invariants import INVARIANTS
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.people.persons.models import Person
from kith.promises.duty.actions import set_holders
from kith.voice.ideas.actions import submit, vote
from kith.voice.ideas.models import Vote
from tests.commerce import make
from tests.ledger import make as ledger
from tests.notices.make import plant
from tests.people import make as people
from tests.support.rush import rush

pytestmark = [pytest.mark.fault, pytest.mark.row(2), pytest.mark.django_db(transaction=True)]
AT = make.AT
COST = Decimal(100000)
Jobs = list[Callable[[], object]]
_keys = itertools.count(1)


def goods(takers: int, there: int) -> Jobs:
    store = make.store()
    product = make.product(store, stock=there)
    persons = [people.person() for _ in range(takers)]
    return [lambda p=p: make.order(store, {product: 1}, p) for p in persons]


def staff_quota(takers: int, there: int) -> Jobs:
    shop = make.shop(stock=takers, quota=there)
    return [lambda: make.order(shop.store, {shop.product: 1}, shop.employee)] * takers


def salary_limit(takers: int, there: int) -> Jobs:
    shop = make.shop(stock=takers, quota=takers, limit=str(75000 * there))
    return [lambda: make.order(shop.store, {shop.product: 1}, shop.employee, method="payroll")] * takers


def _gifts(takers: int, *, budget: int, cap_a_year: int, one_person: bool) -> Jobs:
    store = make.store()
    save_policy(organization=store.organization, currency="VND", cap_a_gift=COST, cap_a_year=COST * cap_a_year)
    holder, kind = Subject("unit", next(_keys)), budget_kind("VND")
    lots.grant(holder=holder, kind=kind, amount=COST * budget, valid_from=AT.date(), at=AT)
    gift = Gift.objects.create(product=make.product(store, stock=takers), cost=COST, currency="VND")
    persons = [people.employee()] * takers if one_person else [people.employee() for _ in range(takers)]

    def give(person: Person) -> Given:
        return order_gift(
            person=person, gift=gift, budget_holder=holder, store=store, parcel=Parcel("Desk"), at=AT,
            idempotency_key=f"gift-{next(_keys)}",
        )  # fmt: skip

    return [lambda p=p: give(p) for p in persons]


def gift_budget(takers: int, there: int) -> Jobs:
    return _gifts(takers, budget=there, cap_a_year=1, one_person=False)


def a_persons_gifts_a_year(takers: int, there: int) -> Jobs:
    return _gifts(takers, budget=takers, cap_a_year=there, one_person=True)


def ledger_lot(takers: int, there: int) -> Jobs:
    holder = Subject("person", 1_000_000 + next(_keys))
    ledger.lot(there, holder=holder)
    return [
        lambda n=n: lots.reserve(  # type: ignore[misc]
            holder=holder, kind=ledger.LEAVE, amount=Decimal(1), reference=Subject("order", n), at=ledger.AT
        )
        for n in range(1, takers + 1)
    ]


def one_time_link(takers: int, there: int) -> Jobs:
    late = AT + timedelta(days=1)
    token = find(token=issue(purpose="sign-in", person_id=people.person().pk, expires_at=late, uses=there))
    assert token is not None

    def take() -> None:
        if not use(token=token, at=AT):
            raise Refusal("used")

    return [take] * takers


def units_of_a_line_to_give_back(takers: int, there: int) -> Jobs:
    shop = make.shop(stock=there, quota=there, limit=str(75000 * there))
    line = make.order(shop.store, {shop.product: there}, shop.employee, method="payroll").order.lines.get()
    return [
        lambda n=n: cancel_units(line=line, quantity=1, by_id=None, caller="x", idempotency_key=f"d{n}", at=AT)  # type: ignore[misc]
        for n in range(takers)
    ]


SCARCE: dict[str, Callable[[int, int], Jobs]] = {
    "goods in stock": goods,
    "staff quota": staff_quota,
    "limit of salary deductions": salary_limit,
    "gift budget": gift_budget,
    "a person's gifts a year": a_persons_gifts_a_year,
    "lot of the ledger": ledger_lot,
    "one-time link": one_time_link,
    "units of a line to give back": units_of_a_line_to_give_back,
}


@pytest.mark.parametrize(("takers", "there"), [(50, 1), (60, 10)])
@pytest.mark.parametrize("name", SCARCE)
def test_exactly_what_there_is_gets_taken(
    name: str, takers: int, there: int, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    rounds = 10 if check_size == "full" else 1
    taken = []
    for _ in range(rounds):
        answers = rush(SCARCE[name](takers, there))
        taken.append(sum(not isinstance(answer, Refusal) for answer in answers))
    measured(f"{name}: {takers} for {there}", f"exactly {there} taken", f"{set(taken)} in {rounds} rounds")
    assert taken == [there] * rounds
    assert [name for name, rule in INVARIANTS.items() if list(rule.breaches())] == []


def test_of_fifty_choices_of_one_gift_one_is_ordered() -> None:
    store = make.store()
    save_policy(organization=store.organization, currency="VND", cap_a_gift=COST, cap_a_year=COST * 50)
    holder = Subject("organization", store.organization_id)
    lots.grant(holder=holder, kind=budget_kind("VND"), amount=COST * 50, valid_from=AT.date(), at=AT)
    gift = Gift.objects.create(product=make.product(store, stock=50), cost=COST, currency="VND")
    offer = GiftOffer.objects.create(
        run_id=1, person=people.employee(), budget=COST, currency="VND", offered_at=AT, until=AT + timedelta(days=9)
    )
    answers = rush(
        [lambda: choose(offer=offer, giver="catalogue", key=str(gift.public_id), ship_to="Desk", at=AT)] * 50
    )
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1
    assert Given.objects.count() == Order.objects.count() == 1


def test_of_fifty_clicks_one_vote_counts() -> None:
    here = plant()
    for code in ("ideas", "general"):
        set_holders(code=code, persons=[here.author], at=AT, by_id=None)
    idea, by = submit(author=here.workers[0], title="Shade", text="Over the ramp.", at=AT), here.workers[1]
    rush([lambda: vote(idea=idea, by=by, at=AT)] * 50)
    assert Vote.objects.filter(idea=idea, person=by).count() == 1


def test_control_a_link_that_is_read_then_written_is_used_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Barrier(8)

    def careless(*, token: OneTimeToken, at: object) -> bool:
        left = OneTimeToken.objects.get(pk=token.pk).uses_left
        looked.wait(timeout=30)
        OneTimeToken.objects.filter(pk=token.pk).update(uses_left=left - 1, used_at=at)
        return left > 0

    monkeypatch.setitem(globals(), "use", careless)
    answers = rush(one_time_link(8, 1), workers=8)
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 8
