"""What a basket comes to, and what stands in its way: the same for the page, the checkout and the order. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.commerce.prices.resolver import Resolved
from kith.commerce.products.models import Product
from kith.kernel.money import Money, total


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a problem: what the button says, and the quantity it sets (None: the basket's public price)."""

    label: str
    product_id: int | None
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a basket cannot be ordered as it is, in one sentence, and ways out."""

    code: str
    sentence: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """So many of a product at the price found for them."""

    product: Product
    quantity: int
    price: Resolved

    @property
    def total(self) -> Money:
        """Quantity times unit price."""
        return self.price.unit * self.quantity

    @property
    def quota_units(self) -> int:
        """What the line takes from the quota."""
        return self.product.quota_units * self.quantity if self.price.needs_quota else 0


@dataclass(frozen=True, slots=True)
class Quote:
    """All lines with their sum, what is saved, what the quota must give, and the problems."""

    currency: str
    lines: tuple[QuotedLine, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def total(self) -> Money:
        """What is to be paid, tax included."""
        return total([line.total for line in self.lines], self.currency)

    @property
    def saved(self) -> Money:
        """How much less than at public prices."""
        return total([line.price.saved * line.quantity for line in self.lines], self.currency)

    @property
    def quota_units(self) -> int:
        """What the quota must give."""
        return sum(line.quota_units for line in self.lines)

    @property
    def count(self) -> int:
        """How many pieces."""
        return sum(line.quantity for line in self.lines)


def quote(
    *,
    wanted: Mapping[int, int],
    products: Mapping[int, Product],
    prices: Mapping[int, Resolved],
    available: Mapping[int, int] | None,
    quota_left: int | None,
    currency: str,
    language: str,
) -> Quote:
    """Return what `wanted` (quantity by product id) comes to.

    `available` (by product id; None: not looked at) and `quota_left` (None: no quota) make problems; so does
    a product that is not sold any more. Lines are in order of product id, whatever the order of adding.
    """
    lines: list[QuotedLine] = []
    problems: list[Problem] = []
    for product_id in sorted(wanted):
        product, price = products.get(product_id), prices.get(product_id)
        if product is None or price is None:
            problems.append(_gone(product_id))
            continue
        line = QuotedLine(product, wanted[product_id], price)
        lines.append(line)
        if available is not None and product.item.is_stocked and available.get(product_id, 0) < line.quantity:
            problems.append(_short(line, available.get(product_id, 0), language))
    found = Quote(currency, tuple(lines))
    if quota_left is not None and found.quota_units > quota_left:
        problems.append(_over_quota(lines, found.quota_units, quota_left, language))
    return Quote(currency, tuple(lines), tuple(problems))


def _gone(product_id: int) -> Problem:
    return Problem(
        "gone",
        _("Something in your basket is not sold here any more."),
        (Way(_("Take it out"), product_id, 0),),
    )


def _short(line: QuotedLine, available: int, language: str) -> Problem:
    name = line.product.name.in_language(language)
    out = Way(_("Take it out"), line.product.pk, 0)
    if available <= 0:
        return Problem("stock", _("“%(name)s” is sold out.") % {"name": name}, (out,))
    sentence = ngettext("Of “%(name)s” only %(left)s is left.", "Of “%(name)s” only %(left)s are left.", available) % {
        "name": name,
        "left": available,
    }
    return Problem("stock", sentence, (Way(_("Take %s instead") % available, line.product.pk, available), out))


def _over_quota(lines: Sequence[QuotedLine], needed: int, left: int, language: str) -> Problem:
    ways: list[Way] = []
    over = needed - left
    for line in lines:
        units = line.product.quota_units
        fewer = line.quantity - -(-over // units) if line.quota_units else 0
        if fewer > 0:
            name = line.product.name.in_language(language)
            ways.append(
                Way(_("Take only %(count)s of “%(name)s”") % {"count": fewer, "name": name}, line.product.pk, fewer)
            )
    ways.append(Way(_("Buy at the public price instead"), None, None))
    sentence = _("This takes %(needed)s from your yearly quota, and %(left)s are left.")
    return Problem("quota", sentence % {"needed": needed, "left": left}, tuple(ways))
