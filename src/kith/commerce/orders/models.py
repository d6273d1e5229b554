"""The tables of orders."""

from django.db import models
from django.db.models import F, Q

from kith.billing.payers.models import Payer
from kith.billing.processes.models import PaymentProcess
from kith.commerce.prices.models import PriceList
from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person
from kith.supply.items.models import Item


class OrderStatus(models.TextChoices):
    """Where an order is. It moves by the named actions of `orders.actions` only."""

    AWAITING_PAYMENT = "awaiting-payment"
    PLACED = "placed"
    PICKING = "picking"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN = (OrderStatus.AWAITING_PAYMENT, OrderStatus.PLACED, OrderStatus.PICKING, OrderStatus.PACKED)
"""The statuses in which an order still holds stock."""


class OrderKind(models.TextChoices):
    """Bought by someone, or given by the organization."""

    SALE = "sale"
    GIFT = "gift"


class Order(models.Model):
    """One order. `number` is what people read to each other, random and not to be guessed.

    `total` is what was to be paid at placing, tax included; what cancellations took off stands in them.
    `buyer` gets it (or, of a gift, is given it); `payer` pays. `store_version`, `process` and the lines pin what
    it ran under. `mailbox` is where a guest wants to hear of it.
    """

    public_id = PublicIdField()
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=6, choices=OrderKind.choices, default=OrderKind.SALE)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="orders")
    store_version = models.PositiveIntegerField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="orders")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="orders")
    method = models.CharField(max_length=40, blank=True, default="")
    process = models.ForeignKey(PaymentProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=OrderStatus.choices)
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=20, decimal_places=4)
    quota_kind = models.CharField(max_length=40, blank=True, default="")
    quota_units = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=20, default="en")
    mailbox = models.EmailField(max_length=254, blank=True, default="")
    ship_to = models.TextField(blank=True, default="")
    message = models.CharField(max_length=500, blank=True, default="")
    placed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["buyer", "-placed_at"]),
            models.Index(fields=["payer", "-placed_at"]),
            models.Index(fields=["status", "placed_at"]),
            models.Index(fields=["expires_at"], name="order_to_pay", condition=Q(status="awaiting-payment")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=OrderStatus.values), name="order_status_known"),
            models.CheckConstraint(condition=Q(total__gte=0), name="order_total_not_negative"),
            models.CheckConstraint(
                condition=~Q(status="awaiting-payment") | Q(expires_at__isnull=False), name="order_to_pay_expires"
            ),
        ]


class OrderLine(models.Model):
    """One line as it was ordered: names, price, its explanation and the list's version stay as they were.

    `quantity` never changes; `cancelled` of it were taken back. `total` is quantity times `unit_price`.
    `explanation` is the price trace: `[{"label": {…}, "amount": "-50000"}, …]`, summing to `unit_price`.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="order_lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    sku = models.CharField(max_length=64)
    quantity = models.PositiveIntegerField()
    cancelled = models.PositiveIntegerField(default=0)
    public_price = models.DecimalField(max_digits=20, decimal_places=4)
    unit_price = models.DecimalField(max_digits=20, decimal_places=4)
    total = models.DecimalField(max_digits=20, decimal_places=4)
    tax_code = models.CharField(max_length=20)
    quota_units = models.PositiveIntegerField(default=0)
    price_list = models.ForeignKey(PriceList, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    price_list_version = models.PositiveIntegerField(default=0)
    product_version = models.PositiveIntegerField(default=1)
    explanation = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(cancelled__gte=0) & Q(cancelled__lte=F("quantity")),
                name="order_line_cancelled_at_most_ordered",
            ),
            models.CheckConstraint(condition=Q(total=F("unit_price") * F("quantity")), name="order_line_adds_up"),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0) & Q(unit_price__lte=F("public_price")), name="order_line_at_most_public"
            ),
        ]


class Cancellation(models.Model):
    """So many units of a line taken back before they were shipped, and the money that goes back for them."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="cancellations")
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1) & Q(amount__gte=0), name="cancellation_of_something")
        ]
