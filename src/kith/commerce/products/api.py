"""Products for programs: read only, in order of their article numbers, a page at a time."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from kith.access.policies import allow, signed_in
from kith.commerce.products.models import Product

router = Router(tags=["products"])


class ProductOut(Schema):
    """A product; `name` by language."""

    id: str
    sku: str
    gtin: str
    slug: str
    name: dict[str, str]
    category: str
    tax_code: str
    active: bool


class ProductPage(Schema):
    """A page of products; `next` is the cursor of the following one, null on the last."""

    items: list[ProductOut]
    next: str | None


@router.get("/products", response={200: ProductPage})
@allow(signed_in)
def products(
    request: HttpRequest,
    cursor: Annotated[str, Field(max_length=64)] = "",
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> ProductPage:
    """List the products, those withdrawn too."""
    del request
    found = Product.objects.select_related("item", "category").order_by("item__sku", "id")
    if cursor:
        found = found.filter(item__sku__gt=cursor.replace("\0", ""))
    rows = list(found[: limit + 1])
    items = [
        ProductOut(
            id=str(row.public_id),
            sku=row.item.sku,
            gtin=row.item.gtin,
            slug=row.slug,
            name=dict(row.name),
            category=row.category.slug,
            tax_code=row.tax_code,
            active=row.is_active,
        )
        for row in rows[:limit]
    ]
    return ProductPage(items=items, next=rows[limit - 1].item.sku if len(rows) > limit else None)
