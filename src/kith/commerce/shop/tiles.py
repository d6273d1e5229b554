"""The tile of a product in a list, drawn once for each content it can have."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language
from markupsafe import Markup

from kith.commerce.shop.addresses import language, page_of, picture_of
from kith.commerce.shop.queries import Offered
from kith.kernel.money import Money
from kith.portal.shell.render import text_of

KEPT = 5000


@lru_cache(maxsize=KEPT)
def _tile(
    active: str | None, title: str, url: str, picture: str, public: Decimal, own: Decimal, currency: str, *, gone: bool
) -> Markup:
    """Return the HTML; everything it shows, and the language it is in, is an argument."""
    del active
    context = {
        "title": title,
        "url": url,
        "picture": picture,
        "public": Money(public, currency),
        "own": Money(own, currency),
        "gone": gone,
    }
    return Markup(text_of("commerce/shop/tile.html", context))  # noqa: S704  (an escaping template)


def tiles(offers: Sequence[Offered], *, store: str) -> Markup:
    """Return the tiles of a list."""
    active, tag = get_language(), language()
    return Markup("").join(
        _tile(
            active,
            offer.product.name.in_language(tag),
            page_of(store, offer.product),
            picture_of(offer.product),
            offer.public.amount,
            offer.own.amount,
            offer.own.currency,
            gone=offer.product.item.is_stocked and offer.available <= 0,
        )
        for offer in offers
    )
