"""Taking back: quota, stock and money return to where they came from, in one transaction."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.billing.payers.actions import lock
from kith.billing.payments import actions as payments
from kith.commerce.orders import rules
from kith.commerce.orders.confirming import remaining, stock_of, subject_of, total_left
from kith.commerce.orders.facts import OrderExpired, OrderUnitsCancelled
from kith.commerce.orders.models import Cancellation, Order, OrderLine, OrderStatus
from kith.kernel.facts import publish
from kith.kernel.idempotency import once
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.supply.stock import actions as stock


def _locked(order_id: int) -> Order:
    """Lock payer, then order; only inside a transaction."""
    payer_id = Order.objects.values_list("payer_id", flat=True).get(pk=order_id)
    lock(payer_id=payer_id)
    return Order.objects.select_related("store").select_for_update(of=("self",)).get(pk=order_id)


def cancel_units(
    *,
    line: OrderLine,
    quantity: int,
    by_id: int | None,
    caller: str,
    idempotency_key: str,
    at: datetime,
    at_desk: bool = False,
    reason: str = "",
) -> Cancellation:
    """Take back so many units of a line, once a key of `caller`; what was really paid for them goes back.

    `Refusal` when that many are not left or the order is too far on its way; nothing is changed then.
    """
    asked = {"line": line.pk, "quantity": quantity}
    answer = once(
        scope=f"cancel:{caller}",
        key=idempotency_key,
        asked=asked,
        at=at,
        act=lambda: (
            201,
            _cancel_units(line.order_id, line.pk, quantity, by_id=by_id, at=at, at_desk=at_desk, reason=reason).pk,
        ),
    )
    return Cancellation.objects.get(pk=answer.body)


def _cancel_units(
    order_id: int, line_id: int, quantity: int, *, by_id: int | None, at: datetime, at_desk: bool, reason: str
) -> Cancellation:
    order = _locked(order_id)
    if not rules.may_cancel_units(order, at_desk=at_desk):
        raise Refusal(_("This order can no longer be cancelled in part."))
    line = OrderLine.objects.select_related("item").get(pk=line_id, order=order)
    left = line.quantity - line.cancelled
    if not 1 <= quantity <= left:
        raise BadInput(_("You can cancel 1 to %s of it.") % left, field="quantity")
    if line.quota_units:
        lots.give_back(
            reference=subject_of(order), amount=Decimal(line.quota_units * quantity), kind=order.quota_kind,
            at=at, by_id=by_id,
        )  # fmt: skip
    _release(order, line, quantity, at=at, by_id=by_id)
    cancellation = _record(line, quantity, by_id=by_id, at=at, reason=reason)
    payments.refund_above(
        payer_id=order.payer_id, reference=subject_of(order), keep=total_left(order),
        cause=Subject("cancellation", cancellation.pk), at=at, by_id=by_id,
    )  # fmt: skip
    _close_when_empty(order)
    _tell(order, cancellation, at=at, by_id=by_id)
    return cancellation


def _release(order: Order, line: OrderLine, quantity: int, *, at: datetime, by_id: int | None) -> None:
    if line.item.is_stocked:
        stock.release(
            warehouse_id=order.store.warehouse_id, wanted=[stock.Wanted(line.item_id, quantity)],
            reference=subject_of(order), at=at, by_id=by_id,
        )  # fmt: skip


def _record(line: OrderLine, quantity: int, *, by_id: int | None, at: datetime, reason: str) -> Cancellation:
    line.cancelled += quantity
    line.save(update_fields=["cancelled"])
    return Cancellation.objects.create(
        line=line, quantity=quantity, amount=line.unit_price * quantity, reason=reason[:200], at=at, by_id=by_id
    )


def _close_when_empty(order: Order) -> None:
    if not remaining(order):
        order.status, order.expires_at = OrderStatus.CANCELLED, None
        order.save(update_fields=["status", "expires_at"])


def _tell(order: Order, cancellation: Cancellation, *, at: datetime, by_id: int | None) -> None:
    publish(
        OrderUnitsCancelled(order_id=order.pk, buyer_id=order.buyer_id, cancellation_id=cancellation.pk),
        at=at,
        by_id=by_id,
    )


def cancel_order(*, order: Order, by_id: int | None, at: datetime, at_desk: bool = False, reason: str = "") -> Order:
    """Take back everything that is left of an order; a second call changes nothing."""
    with transaction.atomic():
        held = _locked(order.pk)
        if held.status == OrderStatus.CANCELLED:
            return held
        if not rules.may_cancel(held, at_desk=at_desk):
            raise Refusal(_("This order can no longer be cancelled."))
        _cancel_all(held, by_id=by_id, at=at, reason=reason)
    return held


def give_up(*, order: Order, at: datetime) -> None:
    """Cancel an order whose money is gone, unless it left the house; with payer and order locked."""
    if order.status in rules.BY_DESK:
        _cancel_all(order, by_id=None, at=at, reason=_("The payment was taken back."))


def _cancel_all(order: Order, *, by_id: int | None, at: datetime, reason: str) -> None:
    lines = remaining(order)
    was_binding = order.status != OrderStatus.AWAITING_PAYMENT
    _free(order, lines, at=at, by_id=by_id)
    cancellations = [_record(line, line.quantity - line.cancelled, by_id=by_id, at=at, reason=reason) for line in lines]
    if cancellations:
        payments.refund_above(
            payer_id=order.payer_id, reference=subject_of(order), keep=total_left(order),
            cause=Subject("cancellation", cancellations[-1].pk), at=at, by_id=by_id,
        )  # fmt: skip
    order.status, order.expires_at = OrderStatus.CANCELLED, None
    order.save(update_fields=["status", "expires_at"])
    if was_binding:
        for cancellation in cancellations:
            _tell(order, cancellation, at=at, by_id=by_id)


def _free(order: Order, lines: list[OrderLine], *, at: datetime, by_id: int | None) -> None:
    """Let go of quota and stock: what was used comes back, what was only reserved is released."""
    if order.quota_units:
        units = sum(line.quota_units * (line.quantity - line.cancelled) for line in lines)
        if order.status == OrderStatus.AWAITING_PAYMENT:
            lots.release(reference=subject_of(order), at=at, by_id=by_id)
        elif units:
            lots.give_back(
                reference=subject_of(order), amount=Decimal(units), kind=order.quota_kind, at=at, by_id=by_id
            )
    stock.release(
        warehouse_id=order.store.warehouse_id, wanted=stock_of(lines), reference=subject_of(order), at=at, by_id=by_id
    )


def expire(*, order_id: int, at: datetime) -> bool:
    """End an order that was not paid in time; False when it was meanwhile, or its time is not over."""
    with transaction.atomic():
        order = _locked(order_id)
        late = order.expires_at is not None and order.expires_at <= at
        if order.status != OrderStatus.AWAITING_PAYMENT or not late:
            return False
        _free(order, remaining(order), at=at, by_id=None)
        order.status, order.expires_at = OrderStatus.EXPIRED, None
        order.save(update_fields=["status", "expires_at"])
        publish(OrderExpired(order_id=order.pk, buyer_id=order.buyer_id), at=at)
    return True
