"""Reads of products: a page of a store's list, one product, the categories."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from kith.commerce.products.models import Category, Product
from kith.kernel.folding import query_tokens
from kith.supply.stock.models import StockLevel

PAGE = 24
SORTS = {
    "name": ("slug", "id"),
    "price": ("public_price", "id"),
    "newest": ("-id",),
}
LONGEST_SEARCH = 200


def sold(*, price_list_id: int, warehouse_id: int) -> QuerySet[Product]:
    """Return the active products that a public list sells, each with `public_price` (one unit) and `available`."""
    stock = StockLevel.objects.filter(item_id=OuterRef("item_id"), warehouse_id=warehouse_id)
    return (
        Product.objects.filter(is_active=True, prices__price_list_id=price_list_id, prices__min_quantity=1)
        .annotate(
            public_price=F("prices__amount"),
            available=Coalesce(
                Subquery(stock.values(left=F("on_hand") - F("reserved"))[:1], output_field=IntegerField()), 0
            ),
        )
        .select_related("item", "category")
        .defer("search_words", "item__name", "item__description")
    )


def searched(products: QuerySet[Product], words: str) -> QuerySet[Product]:
    """Keep the products that have every word (folded; the last one may be unfinished)."""
    asked = query_tokens(words[:LONGEST_SEARCH])
    if not asked:
        return products
    quoted = ["'" + token.replace("\\", "\\\\").replace("'", "''") + "'" for token in asked]
    query = " & ".join([*quoted[:-1], f"{quoted[-1]}:*"])
    vector = SearchVector("search_words", config="simple")
    return products.annotate(found=vector).filter(found=SearchQuery(query, config="simple", search_type="raw"))


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a list: at most 24 products, how many there are altogether, which page it is (from 1)."""

    products: Sequence[Product]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


def shelf(products: QuerySet[Product], *, sort: str, number: int) -> Shelf:
    """Return page `number` (from 1) of a list; one query, which counts too."""
    start = (number - 1) * PAGE
    rows = list(
        products.annotate(total=Window(Count("id"))).order_by(*SORTS.get(sort, SORTS["name"]))[start : start + PAGE]
    )
    return Shelf(rows, rows[0].total if rows else 0, number)


@dataclass(frozen=True, slots=True)
class Facet:
    """A category and how many of the products it holds, those of its own categories included."""

    category: Category
    count: int


def facets(products: QuerySet[Product]) -> list[Facet]:
    """Return the categories of a list with their counts, in the order of the tree; one query."""
    counted = Count("products", filter=Q(products__in=products.order_by().values("pk")))
    inside = Category.objects.annotate(n=counted).order_by("position", "slug")
    rows = list(inside)
    own: dict[str, int] = {row.path: row.n for row in rows}
    found = [Facet(row, sum(n for path, n in own.items() if path.startswith(row.path))) for row in rows]
    return [facet for facet in found if facet.count]


def below(category: Category) -> Q:
    """Return the condition that a product stands in a category or in one below it."""
    return Q(category__path__startswith=category.path)
