"""The guest's look-up: a link to an order, sent to the mailbox that stands in it, whatever was typed."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.access.addresses import client_address
from kith.access.couriers import send_link
from kith.access.requests import Request
from kith.access.throttle import actions as throttle
from kith.access.throttle.actions import Limit
from kith.access.tokens import actions as tokens
from kith.commerce.orders.links import SEE_ORDER
from kith.commerce.orders.queries import by_number
from kith.kernel import clock
from kith.kernel.subjects import Subject
from kith.kernel.tasks import Queue, task

LIVES = timedelta(hours=1)
PER_NUMBER = Limit("order-link:number", 5)
PER_ADDRESS = Limit("order-link:address", 30)


def count_wish(request: Request, *, number: str, at: datetime) -> None:
    """Count a wish for a link; `TooMany` for the 6th an hour for a number and the 31st from an address."""
    throttle.count(limit=PER_ADDRESS, parts=(client_address(request),), at=at)
    throttle.count(limit=PER_NUMBER, parts=(number.strip().upper(),), at=at)


def send(*, number: str, mailbox: str, at: datetime) -> int:
    """Send a link when number and mailbox belong together; return how many couriers took it (0: nobody knows)."""
    order = by_number(number=number)
    if order is None or not order.mailbox or order.mailbox.casefold() != mailbox.strip().casefold():
        return 0
    with transaction.atomic():
        token = tokens.issue(
            purpose=SEE_ORDER, person_id=order.buyer_id, expires_at=at + LIVES, subject=Subject("order", order.pk)
        )
        return send_link(
            person_id=order.buyer_id, address=order.mailbox, link=tokens.link_to(token), purpose=SEE_ORDER, at=at
        )


@task("commerce.send-order-link", queue=Queue.URGENT, attempts=3)
def send_order_link(*, number: str, mailbox: str) -> None:
    """Send a guest the link to an order; apart from the request, so that its time tells nothing."""
    send(number=number, mailbox=mailbox, at=clock.now())
