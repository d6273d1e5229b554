"""How commerce's things are called where others name them: `order`, `product`."""

from collections.abc import Collection, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.commerce.gifts.models import Donation
from kith.commerce.orders.queries import visible_to
from kith.commerce.products.models import Product
from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described


class Orders:
    """Orders are known to who bought or pays them."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return number and page."""
        orders = visible_to(person_id=person_id, day=clock.now().date()).filter(pk__in=ids)
        return {order.pk: Described(_("Order %s") % order.number, f"/orders/{order.public_id}/") for order in orders}


class Products:
    """Products have a name that everybody may know; their page stands in a store that sells them."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return name and page, "" where no public store sells it."""
        del person_id
        language = get_language() or "en"
        rows = Product.objects.filter(pk__in=ids, is_active=True).prefetch_related("prices__price_list__store")
        return {row.pk: Described(row.name.in_language(language), _page(row)) for row in rows}


def _page(product: Product) -> str:
    stores = sorted(
        price.price_list.store.code
        for price in product.prices.all()
        if price.price_list.segment_id is None and price.price_list.store.is_public and price.price_list.store.is_open
    )
    return f"/store/{stores[0]}/{product.slug}/" if stores else ""


SUBJECTS.put("order", Orders())
SUBJECTS.put("product", Products())


class Donations:
    """Gifts given to a charity instead are known to who gave them away."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return to whom they went."""
        rows = Donation.objects.filter(pk__in=ids, person_id=person_id or 0).select_related("charity")
        return {row.pk: Described(row.charity.name, "") for row in rows}


SUBJECTS.put("donation", Donations())
