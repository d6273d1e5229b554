"""What commerce gives to the one search: products."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.commerce.products.models import Product
from kith.commerce.stores.queries import open_to
from kith.kernel import clock
from kith.portal.search.sources import SOURCES, Indexed


class Products:
    """Products are found by name and description in every language, by who may look into a store that sells them."""

    kind = "product"
    label: StrOrPromise = _("Products")

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        """Yield active products that have a price; those sold in a public store are public."""
        priced = Product.objects.filter(is_active=True, prices__isnull=False, prices__price_list__segment=None)
        rows = priced.distinct().order_by("id")
        if ids is not None:
            rows = rows.filter(pk__in=ids)
        public = set(
            rows.filter(
                prices__price_list__segment=None,
                prices__price_list__store__is_public=True,
                prices__price_list__store__is_open=True,
            ).values_list("pk", flat=True)
        )
        for row in rows.iterator(chunk_size=1000):
            yield Indexed(subject_id=row.pk, title=row.name, body=row.description, public=row.pk in public)

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int]:
        """Return the products sold in a store that is open to the person."""
        stores = [store.pk for store in open_to(person_id=person_id, day=clock.now().date())]
        sold = Product.objects.filter(
            pk__in=ids, is_active=True, prices__price_list__segment=None, prices__price_list__store__in=stores
        )
        return set(sold.values_list("pk", flat=True))


SOURCES.put("product", Products())
