"""Products for programs: read only, in order of their article numbers, a page at a time."""

from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from kith.access.endpoints.paging import Paging
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.commerce.products.models import Product
from kith.kernel.refusals import NotFound

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


def _out(row: Product) -> ProductOut:
    return ProductOut(
        id=str(row.public_id),
        sku=row.item.sku,
        gtin=row.item.gtin,
        slug=row.slug,
        name=dict(row.name),
        category=row.category.slug,
        tax_code=row.tax_code,
        active=row.is_active,
    )


@router.get("/products", response=ProductPage, summary="Products")
@allow(signed_in)
def products(request: PersonRequest, asked: Query[Paging]) -> ProductPage:
    """List the products in order of their article numbers, those withdrawn too."""
    del request
    found = Product.objects.select_related("item", "category").order_by("item__sku", "id")
    if asked.cursor:
        found = found.filter(item__sku__gt=asked.cursor)
    rows = list(found[: asked.size + 1])
    more = rows[asked.size - 1].item.sku if len(rows) > asked.size else None
    return ProductPage(items=[_out(row) for row in rows[: asked.size]], next=more)


@router.get("/products/{uuid:public_id}", response=ProductOut, summary="One product")
@allow(signed_in, guards="product")
def product(request: PersonRequest, public_id: UUID) -> ProductOut:
    """Show a product."""
    del request
    found = Product.objects.select_related("item", "category").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such product."))
    return _out(found)
