"""What the search does when products or prices were imported: it indexes them anew."""

from collections.abc import Sequence

from kith.commerce.prices.models import Price
from kith.commerce.products.models import Product
from kith.kernel.facts import Told, listens
from kith.kernel.imports.facts import ImportCommitted, ImportUndone
from kith.kernel.imports.queries import written
from kith.portal.search.actions import reindex


@listens(ImportCommitted, name="commerce.index-imported")
def imported(told: Sequence[Told[ImportCommitted]]) -> None:
    """Index the products that were written, or whose prices were: without a price a product is not found."""
    batches = [each.fact.batch_id for each in told]
    ids = written(batch_ids=batches, model=Product)
    prices = written(batch_ids=batches, model=Price)
    ids |= set(Price.objects.filter(pk__in=prices).values_list("product_id", flat=True))
    if ids:
        reindex(kind="product", ids=ids)


@listens(ImportUndone, name="commerce.index-undone")
def undone(told: Sequence[Told[ImportUndone]]) -> None:
    """Index all products: which ones lost a price can no longer be told."""
    batches = [each.fact.batch_id for each in told]
    if written(batch_ids=batches, model=Product) or written(batch_ids=batches, model=Price):
        reindex(kind="product")
