"""The check-out page: what is bought, what stands in the way, where it goes, how it is paid; then the order."""

import hashlib
import uuid
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.billing.payers.actions import payer_of
from kith.commerce.baskets.holding import held
from kith.commerce.baskets.queries import wanted_in
from kith.commerce.checkout.forms import CheckOutForm
from kith.commerce.checkout.queries import Desk, laid_out
from kith.commerce.orders.actions import CheckOut, Guest, Placed, place_order
from kith.commerce.orders.showing import show_to_session
from kith.commerce.prices.queries import Counter, counter
from kith.commerce.products.models import Product
from kith.kernel import clock
from kith.kernel.languages import tag
from kith.kernel.refusals import BadInput, Refusal
from kith.portal.shell.render import page


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def check_out(request: Request, store: str) -> HttpResponse:
    """Show the page; POST places the order once for the form's key, and goes on to pay or to the order."""
    at = clock.now()
    here = counter(store=store, person_id=request.person.pk if request.person else None, at=at)
    public = "public" in {request.GET.get("price"), request.POST.get("price")}
    priced = here.without_quota() if public else here
    basket = held(request, store=here.store, at=at)
    language = tag(get_language() or "en")
    desk = laid_out(counter=priced, wanted=wanted_in(basket), language=language, at=at)
    if request.method != "POST":
        return _page(request, priced, desk, _form(request, desk, public=public), sentence="")
    form = _form(request, desk, public=public)
    try:
        placed = _place(request, here, desk, form, basket_id=basket.pk if basket else None, at=at)
    except Refusal as refusal:
        if refusal.field in form.fields:
            form.add_error(refusal.field, refusal.sentence)
        return _page(request, priced, desk, form, sentence=refusal.sentence, status=refusal.status)
    if request.person is None:
        show_to_session(request, placed.order)
    return redirect(placed.page or f"/orders/{placed.order.public_id}/")


def _form(request: Request, desk: Desk, *, public: bool) -> CheckOutForm:
    given = request.POST if request.method == "POST" else None
    initial = {
        "key": str(uuid.uuid4()),
        "expected_total": desk.quote.total.amount,
        "price": "public" if public else "",
        "ship_to": desk.last_address,
        "method": next((offer.method for offer in desk.offers if not offer.problem), ""),
    }
    form = CheckOutForm(given, initial=initial)
    firms = [(str(firm.public_id), firm.name) for firm in desk.firms]
    form.open_to(desk.offers, is_guest=request.person is None, firms=firms)
    return form


def _place(
    request: Request, here: Counter, desk: Desk, form: CheckOutForm, *, basket_id: int | None, at: datetime
) -> Placed:
    """Place what the form says. A form sent again is answered from its key, whatever has become of the basket."""
    raw = request.POST
    key = request.headers.get("Idempotency-Key") or raw.get("key", "")
    if desk.quote.lines and not form.is_valid():
        raise BadInput(_("Please look at the marked places; nothing was ordered yet."))
    firm = next((each for each in desk.firms if str(each.public_id) == raw.get("payer")), None)
    guest = None
    if request.person is None:
        guest = Guest(" ".join(raw.get("name", "").split()), raw.get("mailbox", "").strip())
    asked = CheckOut(
        store=here.store.code,
        method=raw.get("method", "")[:40],
        ship_to=raw.get("ship_to", ""),
        language=tag(get_language() or "en"),
        basket_id=basket_id,
        guest=guest,
        payer_id=payer_of(organization=firm).pk if firm is not None else None,
        expected_total=_decimal(raw.get("expected_total", "")),
        at_public_price=raw.get("price") == "public",
        details={"consent": "yes"} if raw.get("consent") else {},
    )
    return place_order(asked=asked, by=request.person, caller=_caller(request), idempotency_key=key, at=at)


def _decimal(given: str) -> Decimal:
    try:
        return Decimal(given[:40])
    except InvalidOperation as error:
        raise BadInput(
            _("Please look at the marked places; nothing was ordered yet."), field="expected_total"
        ) from error


def _caller(request: Request) -> str:
    """Return who sends keys: the person, else the session (only its digest is kept)."""
    if request.person is not None:
        return f"person:{request.person.pk}"
    if request.session.session_key is None:
        request.session.create()
    return f"session:{hashlib.sha256(str(request.session.session_key).encode()).hexdigest()}"


def _page(
    request: Request, here: Counter, desk: Desk, form: CheckOutForm, *, sentence: str, status: int = 200
) -> HttpResponse:
    gone = {way.product_id for problem in desk.quote.problems for way in problem.ways if way.product_id}
    keys = dict(Product.objects.filter(pk__in=gone).values_list("pk", "public_id")) if gone else {}
    context: dict[str, Any] = {
        "store": here.store,
        "desk": desk,
        "quote": desk.quote,
        "form": form,
        "keys": keys,
        "sentence": sentence,
        "is_guest": request.person is None,
    }
    return page(request, "commerce/checkout/check_out.html", context, status=status)
