"""Writes of products and categories."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kith.commerce.products.models import RESERVED, Category, Product
from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.supply.items.actions import save_item


@dataclass(frozen=True, slots=True)
class ProductData:
    """What a product is made of; `sku` names its item, which is made or kept in step."""

    sku: str
    name: Text
    description: Text
    category: Category
    gtin: str = ""
    tax_code: str = "standard"
    quota_units: int = 1
    shape: str = "box"
    is_active: bool = True


def save_product(*, data: ProductData, at: datetime, product: Product | None = None) -> Product:
    """Save a new product, or the next version of `product`."""
    if not any(words.strip() for words in data.name.values()):
        raise BadInput(_("Write the name in at least one language."), field="name")
    with transaction.atomic():
        item = save_item(sku=data.sku, name=data.name, description=data.description, gtin=data.gtin)
        kept = Product.objects.select_for_update().get(pk=product.pk) if product is not None else Product()
        if product is None:
            kept.slug = _free_slug(data)
        else:
            kept.version += 1
        kept.item, kept.name, kept.description, kept.category = item, data.name, data.description, data.category
        kept.tax_code, kept.quota_units, kept.shape = data.tax_code, data.quota_units, data.shape
        kept.is_active, kept.updated_at = data.is_active, at
        kept.save()
    return kept


def _free_slug(data: ProductData) -> str:
    base = slugify(fold(data.name.in_language("en")))[:100] or slugify(data.sku)[:100] or "product"
    taken = {*RESERVED, *Product.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def save_category(*, slug: str, name: Text, parent: Category | None = None, position: int = 100) -> Category:
    """Save a category under its slug, new or known, with its place in the tree."""
    with transaction.atomic():
        made, _new = Category.objects.update_or_create(
            slug=slug, defaults={"name": name, "parent": parent, "position": position}
        )
        made.path = f"{parent.path if parent is not None else '/'}{made.pk}/"
        made.save(update_fields=["path"])
    return made
