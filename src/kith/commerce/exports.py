"""Exports of products, prices and orders; products and prices in the columns of their imports."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kith.commerce.gifts.reporting import report
from kith.commerce.orders.models import Order, OrderLine, OrderStatus
from kith.commerce.orders.queries import all_of_them, visible_to
from kith.commerce.prices.models import Price
from kith.commerce.products.models import Product
from kith.commerce.stores.queries import open_to
from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.numbers import whole

CHUNK = 1000
KEEPERS = ("shop", "administrator")
BOOKKEEPERS = ("shop", "finance", "administrator")
PRODUCTS = (
    "sku", *(f"name.{language}" for language in OUR_LANGUAGES), *(f"description.{tag}" for tag in OUR_LANGUAGES),
    "category", "gtin", "measure", "tracking", "stocked", "tax_code", "slug", "active",
)  # fmt: skip
PRICES = ("product", "store", "list", "amount", "currency", "min_quantity", "valid_from", "valid_until")
ORDERS = (
    "number", "status", "kind", "placed_at", "store", "buyer", "mailbox", "ship_to", "currency", "total", "sku",
    "name", "quantity", "cancelled", "unit_price", "line_total",
)  # fmt: skip

GIFT_TAX = (
    "year", "country", "person", "day", "kind", "gift", "value", "currency", "income", "allowance", "per", "effect",
    "rule", "source",
)  # fmt: skip
TAX = ("hr", "finance", "administrator")


def _products(asking: Asking) -> Iterator[Line]:
    found = Product.objects.select_related("item", "category").order_by("item__sku", "id")
    if not asking.holds(*KEEPERS):
        stores = open_to(person_id=asking.person_id, day=asking.day)
        sold = Price.objects.filter(price_list__store__in=stores, price_list__segment=None)
        found = found.filter(is_active=True, pk__in=sold.values("product_id"))
    for product in found.iterator(chunk_size=CHUNK):
        item = product.item
        texts = [text.get(tag) for text in (product.name, product.description) for tag in OUR_LANGUAGES]
        yield Line(
            (
                item.sku, *texts, product.category.slug, item.gtin, item.measure, item.tracking, item.is_stocked,
                product.tax_code, product.slug, product.is_active,
            )
        )  # fmt: skip


def _prices(_asking: Asking) -> Iterator[Line]:
    found = Price.objects.select_related("product__item", "price_list__store")
    for price in found.order_by("price_list__code", "product__item__sku", "min_quantity").iterator(chunk_size=CHUNK):
        listed, store = price.price_list, price.price_list.store
        yield Line(
            (
                price.product.item.sku, store.code, listed.code, price.amount, store.currency, price.min_quantity,
                listed.valid_from, listed.valid_until,
            )
        )  # fmt: skip


def _seen(asking: Asking) -> "QuerySet[Order]":
    if asking.holds(*KEEPERS):
        found = all_of_them()
        status = asking.filters.get("status", "")
        return found.filter(status=status) if status in OrderStatus.values else found
    return visible_to(person_id=asking.person_id, day=asking.day)


def _orders(asking: Asking) -> Iterator[Line]:
    lines = (
        OrderLine.objects.filter(order__in=_seen(asking).order_by().values("pk"))
        .select_related("order__store", "order__buyer")
        .order_by("-order__placed_at", "-order_id", "position")
    )
    for line in lines.iterator(chunk_size=CHUNK):
        order = line.order
        yield Line(
            (
                order.number, order.status, order.kind, order.placed_at, order.store.code, order.buyer.full_name,
                order.mailbox, order.ship_to, order.currency, order.total, line.sku, line.name, line.quantity,
                line.cancelled, line.unit_price, line.total,
            ),
            order.buyer_id,
        )  # fmt: skip


EXPORTS.put("products", ExportKind("products", _("Products"), PRODUCTS, lambda _asking: True, _products))
EXPORTS.put("prices", ExportKind("prices", _("Prices"), PRICES, lambda asking: asking.holds(*BOOKKEEPERS), _prices))
EXPORTS.put("orders", ExportKind("orders", _("Orders"), ORDERS, lambda _asking: True, _orders, ("status",)))


def _gift_tax(asking: Asking) -> Iterator[Line]:
    year = whole(asking.filters.get("year", ""), digits=4) or asking.day.year
    for row in report(year=year, country=asking.filters.get("country", "").upper()[:2]):
        rule = row.rule
        yield Line(
            (
                year, row.country, row.person.full_name, row.day, row.kind, row.what, row.amount, row.currency,
                row.income, rule.amount if rule else None, rule.per if rule else "", rule.effect if rule else "",
                rule.rule if rule else "", rule.source if rule else "",
            ),
            row.person.pk,
        )  # fmt: skip


EXPORTS.put(
    "gift-tax",
    ExportKind(
        "gift-tax", _("Gifts of a year, for the tax office"), GIFT_TAX, lambda asking: asking.holds(*TAX), _gift_tax,
        ("year", "country"),
    ),
)  # fmt: skip
