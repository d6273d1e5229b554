"""Placing an order: once a key, quota and stock together or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.billing.payers.actions import lock, payer_of
from kith.billing.payers.models import Payer
from kith.billing.payers.queries import visible_to as payers_visible_to
from kith.billing.payments import actions as payments
from kith.billing.payments.models import Payment
from kith.billing.processes.methods import BY_BILL, Asked
from kith.billing.processes.models import PaymentProcess
from kith.billing.processes.queries import Offer, current, offered
from kith.commerce.baskets.actions import take_all
from kith.commerce.baskets.queries import quoted
from kith.commerce.baskets.quotes import Quote
from kith.commerce.orders.asking import LONGEST_ADDRESS, CheckOut, explanation, new_number
from kith.commerce.orders.confirming import announce, subject_of
from kith.commerce.orders.models import Order, OrderLine, OrderStatus
from kith.commerce.prices.queries import Counter, counter
from kith.commerce.quotas.actions import give_years_lot
from kith.kernel.idempotency import once
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.people.persons.actions import register
from kith.people.persons.models import Person
from kith.supply.stock import actions as stock


@dataclass(frozen=True, slots=True)
class Placed:
    """The order, where the payer goes on ("" when nothing is left to do), and whether it is an answer again."""

    order: Order
    page: str
    replayed: bool


def place_order(*, asked: CheckOut, by: Person | None, caller: str, idempotency_key: str, at: datetime) -> Placed:
    """Place what is `asked`, once for a key of `caller` (`person:7`, `session:…`); a repeat gets the same order.

    In one transaction: the payer is locked, the price found, quota and stock taken, the payment started. `Refusal`
    (sold out, quota used up, price changed, cannot be paid so) leaves nothing behind and says the way out.
    `by` None: a guest, who becomes an unproven person.
    """
    fresh: list[Order] = []

    def act() -> tuple[int, dict[str, int]]:
        fresh.append(_place(asked, by=by, at=at))
        return 201, {"order": fresh[0].pk}

    answer = once(scope=f"orders:{caller}", key=idempotency_key, asked=asked.as_json(), at=at, act=act)
    order = fresh[0] if fresh else Order.objects.select_related("store").get(pk=answer.body["order"])
    return Placed(order=order, page=payment_page(order), replayed=answer.replayed)


def payment_page(order: Order) -> str:
    """Return where the payer goes on with an order that waits for its payment."""
    if order.status != OrderStatus.AWAITING_PAYMENT:
        return ""
    payment = Payment.objects.filter(reference=str(subject_of(order))).order_by("-id").first()
    return payments.page_of(payment) if payment is not None else ""


def _place(asked: CheckOut, *, by: Person | None, at: datetime) -> Order:
    wanted = take_all(basket_id=asked.basket_id) if asked.basket_id is not None else dict(asked.lines)
    if not wanted:
        raise Refusal(_("Your basket is empty; the order may have been placed already."), field="basket")
    _check(asked, by=by, wanted=wanted)
    here = counter(store=asked.store, person_id=by.pk if by is not None else None, at=at)
    if asked.at_public_price:
        here = here.without_quota()
    buyer = by or _guest(asked, at=at)
    payer = _payer(asked, buyer=buyer, day=here.day)
    quote = _quote(asked, here=here, wanted=wanted)
    process = here.process or current(code=here.store.process)
    offer = _offer(asked, here=here, buyer=buyer, quote=quote, process=process, at=at) if quote.total else None
    order = _save(asked, here=here, buyer=buyer, payer=payer, quote=quote, offer=offer, process=process, at=at)
    _take(order, here=here, quote=quote, at=at)
    _pay(order, asked=asked, payer=payer, at=at)
    return order


def _check(asked: CheckOut, *, by: Person | None, wanted: dict[int, int]) -> None:
    address = asked.ship_to.strip()
    if not 1 <= len(address) <= LONGEST_ADDRESS or "\0" in address:
        raise BadInput(_("Write where the order goes, in 1 to %s characters.") % LONGEST_ADDRESS, field="ship_to")
    if any(not 1 <= quantity <= 999 for quantity in wanted.values()):  # noqa: PLR2004  (a basket line's limit)
        raise BadInput(_("A quantity is a whole number from 1 to 999."), field="quantity")
    if by is None and asked.guest is None:
        raise BadInput(_("Write your name and a mail address."), field="name")


def _guest(asked: CheckOut, *, at: datetime) -> Person:
    if asked.guest is None:
        raise BadInput(_("Write your name and a mail address."), field="name")
    return register(full_name=asked.guest.name, mailbox=asked.guest.mailbox, language=asked.language, at=at)


def _payer(asked: CheckOut, *, buyer: Person, day: date) -> Payer:
    """Return the payer, locked: the first lock of everything about money."""
    if asked.payer_id is None:
        return payer_of(person=buyer, address=asked.ship_to.strip(), locked=True)
    found = payers_visible_to(person_id=buyer.pk, day=day).filter(pk=asked.payer_id).first()
    if found is None:
        raise NotFound(_("There is no such payer."), field="payer")
    return lock(payer_id=found.pk)


def _quote(asked: CheckOut, *, here: Counter, wanted: dict[int, int]) -> Quote:
    quote = quoted(counter=here, wanted=wanted, language=asked.language, looking=False)
    if quote.problems:
        raise Refusal(quote.problems[0].sentence, field="basket")
    if asked.expected_total is not None and asked.expected_total != quote.total.amount:
        raise Refusal(_("A price has changed since you looked. Look again, then order."), field="expected_total")
    return quote


def _offer(
    asked: CheckOut, *, here: Counter, buyer: Person, quote: Quote, process: PaymentProcess, at: datetime
) -> Offer:
    question = Asked(buyer.pk, here.store.organization_id, quote.total, asked.language, at, asked.details)
    found = next(iter(offered(process=process, asked=question, only=asked.method)), None)
    if found is None:
        raise BadInput(_("Choose one of the ways of paying."), field="method")
    if found.problem:
        raise Refusal(found.problem, field="method")
    return found


def _save(
    asked: CheckOut,
    *,
    here: Counter,
    buyer: Person,
    payer: Payer,
    quote: Quote,
    offer: Offer | None,
    process: PaymentProcess,
    at: datetime,
) -> Order:
    store = here.store
    binding = offer is None or offer.method == BY_BILL
    order = Order.objects.create(
        number=new_number(), store=store, store_version=store.version, organization_id=store.organization_id,
        buyer=buyer, payer=payer, method=offer.method if offer else "", process=process,
        status=OrderStatus.PLACED if binding else OrderStatus.AWAITING_PAYMENT, confirmed_at=at if binding else None,
        expires_at=None if binding else at + timedelta(minutes=store.minutes_to_pay),
        currency=store.currency, total=quote.total.amount, quota_units=quote.quota_units,
        quota_kind=store.quota_kind if quote.quota_units else "", language=asked.language,
        mailbox=asked.guest.mailbox if asked.guest else buyer.mailbox, ship_to=asked.ship_to.strip(), placed_at=at,
        due_on=here.day + timedelta(days=offer.days) if offer and offer.method == BY_BILL else here.day,
    )  # fmt: skip
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, position=position, product=line.product, item_id=line.product.item_id,
            name=line.product.name.in_language(asked.language)[:300], sku=line.product.item.sku,
            quantity=line.quantity, public_price=line.price.public.amount, unit_price=line.price.unit.amount,
            total=line.total.amount, tax_code=line.product.tax_code,
            quota_units=line.product.quota_units if line.price.needs_quota else 0,
            price_list_id=line.price.price_list.id, price_list_version=line.price.price_list.version,
            product_version=line.product.version, explanation=explanation(line.price),
        )
        for position, line in enumerate(quote.lines, start=1)
    )  # fmt: skip
    return order


def _take(order: Order, *, here: Counter, quote: Quote, at: datetime) -> None:
    """Take from the quota, then from stock: what is short undoes the whole transaction."""
    reference = subject_of(order)
    if quote.quota_units:
        give_years_lot(store=here.store, person_id=order.buyer_id, day=here.day, at=at)
        try:
            lots.reserve(
                holder=Subject("person", order.buyer_id), kind=order.quota_kind, amount=Decimal(quote.quota_units),
                reference=reference, at=at, on=here.day, by_id=order.buyer_id,
            )  # fmt: skip
        except Refusal as refusal:
            raise Refusal(
                _("Your yearly quota does not allow that many. Take fewer, or buy at the public price."), field="quota"
            ) from refusal
    wanted: dict[int, int] = {}
    for line in quote.lines:
        if line.product.item.is_stocked:
            wanted[line.product.item_id] = wanted.get(line.product.item_id, 0) + line.quantity
    stock.reserve(
        warehouse_id=here.store.warehouse_id,
        wanted=[stock.Wanted(item, quantity) for item, quantity in sorted(wanted.items())],
        reference=reference,
        at=at,
        by_id=order.buyer_id,
    )


def _pay(order: Order, *, asked: CheckOut, payer: Payer, at: datetime) -> None:
    """Start the payment; what is paid by bill or costs nothing is binding now."""
    if order.status == OrderStatus.PLACED:
        announce(order=order, at=at)
        return
    start_payment(order, payer=payer, method=order.method, details=asked.details, at=at)
    order.refresh_from_db()


def start_payment(order: Order, *, payer: Payer, method: str, details: Mapping[str, str], at: datetime) -> Payment:
    """Begin to pay an order that waits for it; inside a transaction that holds the payer's lock."""
    amount = Money(order.total, order.currency)
    return payments.start(
        payer=payer,
        reference=subject_of(order),
        method=method,
        asked=Asked(order.buyer_id, order.organization_id, amount, order.language, at, details),
        process=order.process,
        return_url=f"/orders/{order.public_id}/",
    )


def try_again(*, order: Order, at: datetime) -> str:
    """Return where the payer goes on with an order that waits; a new payment is begun when the last one failed.

    "" when there is nothing to pay.
    """
    with transaction.atomic():
        payer = lock(payer_id=order.payer_id)
        held = Order.objects.select_for_update().get(pk=order.pk)
        if page := payment_page(held):
            return page
        if held.status != OrderStatus.AWAITING_PAYMENT:
            return ""
        return payments.page_of(start_payment(held, payer=payer, method=held.method, details={}, at=at))
