"""What commerce puts on a person's home: orders on the way."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.commerce.orders.models import OrderStatus
from kith.commerce.orders.queries import on_the_way
from kith.commerce.orders.telling import LABELS, sentence
from kith.people.persons.models import Person
from kith.portal.home.cards import CARDS, FAMILIES, STAMPS, Card, Zone, stamp_of

SHOWN = 3


class MyOrders:
    """The card of orders that have not arrived; one query."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return one card while something is on its way; due where an order waits for its payment."""
        del roles, at
        orders = list(on_the_way(person_id=person.pk)[:SHOWN])
        if not orders:
            return []
        unpaid = [order.expires_at for order in orders if order.status == OrderStatus.AWAITING_PAYMENT]
        rows = [(order, str(LABELS[OrderStatus(order.status)][0]), sentence(order)) for order in orders]
        return [
            Card(
                key="commerce.orders",
                title=_("My orders"),
                template="commerce/orders/card.html",
                context={"rows": rows},
                why=_("You ordered this, and it has not arrived yet."),
                zone=Zone.TODO if unpaid else Zone.CONCERNS,
                due_at=min((each for each in unpaid if each is not None), default=None),
                weight=50,
            )
        ]


CARDS.put("commerce.orders", MyOrders())
STAMPS.put(
    "commerce.orders",
    stamp_of(
        "SELECT o.id, o.xmin::text AS mark FROM commerce_order o WHERE o.buyer_id = %(person)s "
        "AND o.status IN ('awaiting-payment', 'placed', 'picking', 'packed', 'shipped')"
    ),
)
FAMILIES.put("commerce.orders", _("My orders"))
