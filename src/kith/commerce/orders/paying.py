"""What payments do to an order: money makes it binding, late money finds its goods or goes back."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from kith.billing.payments import actions as payments
from kith.billing.payments.payables import PAYABLES
from kith.commerce.orders import cancelling
from kith.commerce.orders.confirming import ORDER, confirm, remaining, stock_of, subject_of, total_left
from kith.commerce.orders.models import Order, OrderStatus
from kith.kernel.money import Money
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.supply.stock import actions as stock


class OrderPayable:
    """An order, to the payments that pay for it. The payer's lock is held when these are called."""

    def captured(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Make the order binding. One that was given up is tried again; where that fails the money goes back."""
        order = Order.objects.select_for_update().get(pk=reference_id)
        if order.status == OrderStatus.AWAITING_PAYMENT:
            confirm(order=order, at=at)
            return
        if order.status == OrderStatus.EXPIRED and self._retaken(order, at=at):
            confirm(order=order, at=at)
            return
        given_up = order.status in {OrderStatus.CANCELLED, OrderStatus.EXPIRED}
        payments.refund_above(
            payer_id=order.payer_id,
            reference=subject_of(order),
            keep=Money(Decimal(0), order.currency) if given_up else total_left(order),
            cause=Subject("payment", payment_id),
            at=at,
            by_id=None,
        )

    def _retaken(self, order: Order, *, at: datetime) -> bool:
        """Take quota and stock of an expired order again, both or neither."""
        try:
            with transaction.atomic():
                if order.quota_units:
                    lots.reserve(
                        holder=Subject("person", order.buyer_id), kind=order.quota_kind,
                        amount=Decimal(order.quota_units), reference=subject_of(order), at=at,
                    )  # fmt: skip
                stock.reserve(
                    warehouse_id=order.store.warehouse_id, wanted=stock_of(remaining(order)),
                    reference=subject_of(order), at=at,
                )  # fmt: skip
        except Refusal:
            return False
        return True

    def failed(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Keep the goods until the order's time is over; another payment may be tried."""

    def taken_back(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Cancel an order whose money its provider sent back, unless it has left the house."""
        del payment_id
        order = Order.objects.select_for_update().get(pk=reference_id)
        cancelling.give_up(order=order, at=at)


PAYABLES.put(ORDER, OrderPayable())
