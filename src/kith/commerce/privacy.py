"""What commerce keeps on a person: baskets, orders and gifts."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.commerce.baskets.models import Basket, BasketLine
from kith.commerce.gifts.models import Donation, Given
from kith.commerce.orders.models import OPEN, Cancellation, Order, OrderLine
from kith.people.privacy.shelf import HOLDINGS, Kept, Retention
from kith.people.privacy.tables import Table, Tables

BASKETS_DAYS = 180
ADDRESSES_DAYS = 3 * 365
_BLANK = {"mailbox": "", "ship_to": "", "message": ""}
_DONE = ~Q(status__in=[status.value for status in OPEN])
_BOUGHT = Kept(
    _("What was ordered, when and for how much: identifiers and amounts, as the bill's ground."),
    _("the accounting law of the seller's country, as for the bill"),
)
_UNDER_WAY = Kept(
    _("Where an order goes that is still under way; deleted on the day after it was sent or cancelled."),
    "GDPR art. 6(1)(b), 17(3)",
)


def _forget_baskets(at: datetime) -> int:
    return Basket.objects.filter(updated_at__lt=at - timedelta(days=BASKETS_DAYS)).delete()[0]


def _forget_addresses(at: datetime) -> int:
    """Empty where orders went after three years, and at once where the buyer was erased and nothing is under way."""
    old = Q(placed_at__lt=at - timedelta(days=ADDRESSES_DAYS)) | Q(buyer__erased_at__isnull=False)
    written = ~Q(mailbox="") | ~Q(ship_to="") | ~Q(message="")
    return Order.objects.filter(_DONE, old, written).update(**_BLANK)


HOLDINGS.put(
    "commerce.baskets",
    Tables(
        label=_("What you put into a basket and did not buy yet."),
        tables=(
            Table(
                BasketLine,
                _("In my baskets"),
                ("basket__store__name", "product__name", "quantity"),
                person=("basket__person_id",),
                deletes=True,
            ),
            Table(Basket, _("My baskets"), ("public_id", "updated_at"), deletes=True),
        ),
        retentions=(Retention(_("A basket is deleted 180 days after it was touched last."), _forget_baskets),),
    ),
)
HOLDINGS.put(
    "commerce.orders",
    Tables(
        label=_("What you ordered, where it went, and what was cancelled."),
        tables=(
            Table(
                Order,
                _("My orders"),
                (
                    "public_id", "number", "kind", "store__name", "status", "currency", "total", "method", "language",
                    "mailbox", "ship_to", "message", "placed_at", "shipped_at", "delivered_at",
                ),
                person=("buyer_id",),
                subject="order",
                blanks=_BLANK,
                when=_DONE,
                keeps=_UNDER_WAY,
            ),
            Table(
                OrderLine,
                _("What was in them"),
                ("order__number", "name", "sku", "quantity", "cancelled", "unit_price", "total"),
                person=("order__buyer_id",),
                keeps=_BOUGHT,
            ),
            Table(
                Cancellation,
                _("What was cancelled"),
                ("line__order__number", "quantity", "amount", "reason", "at"),
                person=("line__order__buyer_id",),
                blanks={"reason": ""},
            ),
        ),
        refers={
            Order: ("payer", "quota_kind"),
            OrderLine: ("tax_code", "explanation"),
            Cancellation: ("by_id",),
        },
        free={Order: ("message",), Cancellation: ("reason",)},
        retentions=(
            Retention(_("Where an order went is deleted three years after it was placed."), _forget_addresses),
        ),
    ),
)  # fmt: skip
HOLDINGS.put(
    "commerce.gifts",
    Tables(
        label=_("Gifts that were ordered for you."),
        tables=(
            Table(
                Given,
                _("Gifts to me"),
                ("order__number", "gift__product__name", "year", "at"),
                keeps=Kept(
                    _("That a gift was given, and from which budget: identifiers and amounts."),
                    _("tax law on benefits in kind"),
                ),
            ),
            Table(
                Donation,
                _("Gifts I gave to a charity instead"),
                ("public_id", "charity__name", "amount", "currency", "year", "at"),
                keeps=Kept(_("That a donation was made: identifiers and amounts."), _("bookkeeping law")),
            ),
        ),
        refers={
            Given: ("budget", "gift", "order", "currency", "country"),
            Donation: ("key", "budget", "charity", "currency", "country"),
        },
    ),
)
