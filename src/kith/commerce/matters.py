"""What commerce states as matters of notices: an order and a product, and whom they concern."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_stubs_ext import StrOrPromise

from kith.commerce.orders.models import Order, OrderLine
from kith.commerce.products.models import Product
from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Subject
from kith.notices.matters.involved import hands_on, these
from kith.notices.matters.shelf import MATTERS, Concerned, Outside, Stated
from kith.people.segments.attributes import Choice

BOUGHT_WITHIN = timedelta(days=730)


def _missing() -> BadInput:
    return BadInput(_("Choose what this is about."), field="matter")


class OrderMatter:
    """An order: who buys, and who has something in hand about it."""

    label: StrOrPromise = lazy("Order")
    takes_lists = False

    def choices(self, query: str, limit: int) -> Sequence[Choice]:
        """Return the newest orders by number."""
        found = Order.objects.filter(number__icontains=query).order_by("-id").values_list("number", flat=True)
        return [Choice(number, number) for number in found[:limit]]

    def concerned(self, stated: Stated, *, day: date) -> Concerned:
        """Return the buyer, and whoever owes or awaits something about the order."""
        del day
        order = Order.objects.filter(number=stated.value).first()
        if order is None:
            raise _missing()
        return these({order.buyer_id} | hands_on([Subject("order", order.pk)]))

    def outside(self, stated: Stated, *, day: date, limit: int) -> Sequence[Outside]:
        """Return nobody: an order has no neighbours."""
        del stated, day, limit
        return []


class ProductMatter:
    """A product: who bought it in the last two years, and who has something in hand about it."""

    label: StrOrPromise = lazy("Product")
    takes_lists = False

    def choices(self, query: str, limit: int) -> Sequence[Choice]:
        """Return the products by name in the reader's language."""
        language, wanted = get_language() or "en", fold(query)
        rows = Product.objects.order_by("id").values_list("slug", "name")
        found = [Choice(slug, name.in_language(language)) for slug, name in rows]
        return [choice for choice in found if wanted in fold(choice.label)][:limit]

    def concerned(self, stated: Stated, *, day: date) -> Concerned:
        """Return the buyers whose order was placed within two years before `day`, and whoever has something in hand."""
        product = Product.objects.filter(slug=stated.value).first()
        if product is None:
            raise _missing()
        lines = OrderLine.objects.filter(product=product, order__placed_at__date__gte=day - BOUGHT_WITHIN)
        buyers = set(lines.values_list("order__buyer_id", flat=True))
        found = buyers | hands_on([Subject("product", product.pk)])
        if not found:
            raise BadInput(_("Nobody has this product."), field="matter")
        return these(found)

    def outside(self, stated: Stated, *, day: date, limit: int) -> Sequence[Outside]:
        """Return some who bought it before that."""
        lines = OrderLine.objects.filter(
            product__slug=stated.value, order__placed_at__date__lt=day - BOUGHT_WITHIN
        ).select_related("order__buyer")
        buyers = {line.order.buyer_id: line.order.buyer for line in lines.order_by("-id")[:limit]}
        return [Outside(buyer, _("bought it more than two years ago")) for buyer in buyers.values()]


MATTERS.put("order", OrderMatter())
MATTERS.put("product", ProductMatter())
