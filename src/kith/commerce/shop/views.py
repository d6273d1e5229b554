"""The store's list, a product's page, its picture, and the door to all stores."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.commerce.prices.queries import counter
from kith.commerce.products.models import Product
from kith.commerce.products.queries import SORTS
from kith.commerce.shop.addresses import changed, language, picture_of
from kith.commerce.shop.queries import StoreList, product_page, quota_left, store_list
from kith.commerce.shop.tiles import tiles
from kith.commerce.stores.queries import open_to
from kith.kernel import clock
from kith.kernel.drawings.packshot import Shape, packshot
from kith.kernel.drawings.palettes import PALETTES, palette_for
from kith.kernel.money import Money
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject
from kith.portal.panels.shelf import panels_for
from kith.portal.shell.parts import kept_page
from kith.portal.shell.render import page
from kith.portal.shell.shared import LONGEST, shared

_PANELS = "\x00panels\x00"
YEAR = 365 * 24 * 3600
LAST_PAGE = 10_000


def _person_id(request: Request) -> int | None:
    return request.person.pk if request.person is not None else None


@allow(anyone)
@require_safe
def stores(request: Request) -> HttpResponse:
    """Show the stores that are open to the reader; a single one opens at once."""
    found = open_to(person_id=_person_id(request), day=clock.now().date())
    if len(found) == 1:
        return redirect("store", found[0].code)
    return page(request, "commerce/shop/stores.html", {"stores": found, "language": language()})


@allow(anyone)
@require_safe
def store(request: Request, store: str) -> HttpResponse:
    """Show a page of a store's products: 24 at a time, searched, by category, sorted."""
    return shared(request, lambda: _list(request, store))


def _list(request: Request, store: str) -> HttpResponse:
    here = counter(store=store, person_id=_person_id(request), at=clock.now())
    words, category = request.GET.get("q", "")[:200].replace("\0", ""), request.GET.get("category", "")[:80]
    sort = request.GET.get("sort", "name")
    number = _page_number(request)
    left = quota_left(here)

    def context() -> dict[str, Any]:
        found = store_list(counter=here, words=words, category=category, sort=sort, number=number)
        return {
            "store": here.store,
            "found": found,
            "quota_left": left,
            "words": words,
            "category": category,
            "sort": sort if sort in SORTS else "name",
            "facets": _facets(request, found),
            "sorts": _sorts(request, sort),
            "pages": _pages(request, found),
            "language": language(),
            "tiles": tiles(found.offers, store=here.store.code),
        }

    key = (here.look, left, request.get_full_path()[:LONGEST])
    return kept_page(request, "commerce/shop/list.html", key=key, context=context)


def _page_number(request: HttpRequest) -> int:
    return min(whole(request.GET.get("page", ""), digits=6) or 1, LAST_PAGE)


def _facets(request: HttpRequest, found: StoreList) -> list[tuple[str, str, bool]]:
    all_of_them = (_("Everything"), changed(request, category=""), found.category is None)
    chips = [
        (
            f"{facet.category.name.in_language(language())} ({facet.count})",
            changed(request, category=facet.category.slug),
            facet.category == found.category,
        )
        for facet in found.facets
    ]
    return [all_of_them, *chips]


def _sorts(request: HttpRequest, sort: str) -> list[tuple[str, str, bool]]:
    labels = {"name": _("By name"), "price": _("Cheapest first"), "newest": _("Newest first")}
    return [(label, changed(request, sort=key), key == sort) for key, label in labels.items()]


def _pages(request: HttpRequest, found: StoreList) -> tuple[str, str]:
    number, last = found.shelf.number, found.shelf.pages
    base = changed(request)
    joint = "&" if "?" in base else "?"
    earlier = f"{base}{joint}page={number - 1}" if number > 1 else ""
    later = f"{base}{joint}page={number + 1}" if found.shelf.total and number < last else ""
    return earlier, later


@allow(anyone, guards="product")
@require_safe
def product(request: Request, store: str, slug: str) -> HttpResponse:
    """Show a product: the public price, one's own and why, what is left of the quota, and the basket's button."""
    return shared(request, lambda: _product(request, store, slug))


def _product(request: Request, store: str, slug: str) -> HttpResponse:
    here = counter(store=store, person_id=_person_id(request), at=clock.now())
    shown = product_page(counter=here, slug=slug)
    added = request.GET.get("added") == "1"

    def context() -> dict[str, Any]:
        return {
            "store": here.store,
            "shown": shown,
            "product": shown.product,
            "language": language(),
            "picture": picture_of(shown.product),
            "money_of": lambda amount: Money(amount, here.store.currency),
            "panels": Markup(_PANELS),  # noqa: S704  (a mark)
            "added": added,
        }

    panels = "".join(panels_for(request=request, subject=Subject("product", shown.product.pk)))
    key = (here.look, slug, shown.quota_left, shown.available, added)
    return kept_page(request, "commerce/shop/product.html", key=key, context=context, marks={_PANELS: panels})


@lru_cache(maxsize=500)
def _drawn(slug: str, version: int, shape: str, palette: str, seed: str, label: str) -> str:
    del version
    return packshot(
        seed=seed or slug,
        shape=Shape(shape) if shape in set(Shape) else Shape.BOX,
        palette=PALETTES.get(palette) or palette_for(seed or slug),
        label=label,
    )


@allow(anyone, guards="product")
@require_safe
def picture(request: Request, slug: str) -> HttpResponse:
    """Draw a product's packshot; its address changes with the product, so it may be kept for a year."""
    found = Product.objects.filter(slug=slug).values_list("version", "shape", "palette", "seed", "name").first()
    if found is None:
        raise NotFound(_("There is no such picture."))
    version, shape, palette, seed, name = found
    svg = _drawn(slug, version, shape, palette, seed, name.in_language(request.GET.get("l", "")[:20] or "en"))
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'none'"
    return response
