"""The basket: looked at, and changed line by line."""

import uuid
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.commerce.baskets import actions
from kith.commerce.baskets.holding import held, opened
from kith.commerce.baskets.queries import quoted, wanted_in
from kith.commerce.prices.queries import Counter, counter
from kith.commerce.products.models import Product
from kith.commerce.products.queries import sold
from kith.kernel import clock
from kith.kernel.languages import tag
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput, NotFound
from kith.portal.shell.render import page


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: Request, store: str) -> HttpResponse:
    """Show the basket with prices, problems and ways out; POST sets (or adds to) the quantity of one product."""
    at = clock.now()
    here = counter(store=store, person_id=request.person.pk if request.person else None, at=at)
    if request.method == "POST":
        return _change(request, here, at=at)
    language = tag(get_language() or "en")
    wanted = wanted_in(held(request, store=here.store, at=at))
    quote = quoted(counter=here, wanted=wanted, language=language)
    keys = {line.product.pk: str(line.product.public_id) for line in quote.lines}
    gone = Product.objects.filter(pk__in=set(wanted) - set(keys)).values_list("pk", "public_id")
    keys.update({key: str(public_id) for key, public_id in gone})
    return page(request, "commerce/baskets/basket.html", {"store": here.store, "quote": quote, "keys": keys})


def _change(request: Request, here: Counter, *, at: datetime) -> HttpResponse:
    product = _product(request, here)
    quantity = _quantity(request.POST.get("quantity", ""))
    mine = opened(request, store=here.store, at=at)
    actions.put(basket=mine, product=product, quantity=quantity, at=at, add=request.POST.get("add") == "1")
    if request.POST.get("back") == "product":
        answer = redirect("product", here.store.code, product.slug)
        answer["Location"] += "?added=1"
        return answer
    return redirect("check-out" if request.POST.get("back") == "check-out" else "basket", here.store.code)


def _product(request: Request, here: Counter) -> Product:
    """Return the product named in the form; one that is sold no more can only be taken out."""
    try:
        key = uuid.UUID(request.POST.get("product", ""))
    except ValueError:
        key = uuid.UUID(int=0)
    products = sold(price_list_id=here.public_id, warehouse_id=here.store.warehouse_id)
    if request.POST.get("quantity") == "0":
        products = Product.objects.all()
    found = products.filter(public_id=key).first()
    if found is None:
        raise NotFound(_("There is no such product here."))
    return found


def _quantity(given: str) -> int:
    quantity = whole(given, digits=4)
    if quantity is None:
        raise BadInput(_("A quantity is a whole number from 0 to %s.") % actions.MOST, field="quantity")
    return quantity
