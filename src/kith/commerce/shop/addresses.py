"""Addresses of the shop's pages and pictures."""

from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from kith.commerce.products.models import Product
from kith.kernel.languages import tag


def language() -> str:
    """Return the reader's language tag."""
    return tag(get_language() or "en")


@lru_cache(maxsize=20_000)
def _address(route: str, *parts: str) -> str:
    return reverse(route, args=parts)


def picture_of(product: Product) -> str:
    """Return the address of a product's picture, labelled in the reader's language.

    It changes with the product, so it may be kept for ever.
    """
    return f"{_address('product-picture', product.slug)}?v={product.version}&l={language()}"


def page_of(store: str, product: Product) -> str:
    """Return the address of a product's page in a store."""
    return _address("product", store, product.slug)


def changed(request: HttpRequest, **parameters: str) -> str:
    """Return this page's address with other parameters; an empty one is left out, and the page number too."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in parameters.items():
        query.pop(name, None)
        if value:
            query[name] = value
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path
