"""What can be imported of commerce: categories, products with their items, prices."""

from kith.commerce.imports import reactions as reactions
from kith.commerce.imports.categories import Categories
from kith.commerce.imports.prices import Prices
from kith.commerce.imports.products import Products
from kith.kernel.imports.kinds import KINDS


def put_kinds() -> None:
    """Put the kinds on the kernel's shelf; called once, when the program starts."""
    for kind in (Categories(), Products(), Prices()):
        KINDS.put(kind.name, kind)
