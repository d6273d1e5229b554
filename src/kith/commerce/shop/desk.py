"""The shop manager's desk: products of a store with their prices and stock."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.commerce.prices.actions import set_price
from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.actions import ProductData, save_product
from kith.commerce.products.models import Product
from kith.commerce.products.queries import searched
from kith.commerce.shop.addresses import language, picture_of
from kith.commerce.shop.forms import PriceForm, ProductForm, StockForm
from kith.commerce.stores.models import Store
from kith.kernel import clock
from kith.kernel.money import Money
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page
from kith.supply.stock import actions as stock
from kith.supply.stock.models import StockLevel

keeper = has_role("shop", "administrator")
PAGE = 50


@allow(keeper)
@require_safe
def stores(request: PersonRequest) -> HttpResponse:
    """Show the stores; a single one opens at once."""
    found = list(Store.objects.order_by("code"))
    if len(found) == 1:
        return redirect("desk-store", found[0].code)
    return page(request, "commerce/shop/desk_stores.html", {"stores": found})


def _store(code: str) -> Store:
    found = Store.objects.select_related("warehouse").filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such store."))
    return found


@allow(keeper)
@require_safe
def store(request: PersonRequest, store: str) -> HttpResponse:
    """Show all products with the store's public price and stock, those not on sale too; searched, 50 at a time."""
    shop = _store(store)
    words = request.GET.get("q", "")[:200]
    after = request.GET.get("after", "")[:120].replace("\0", "")
    found = searched(Product.objects.select_related("item", "category"), words).order_by("slug")
    rows = list(found.filter(slug__gt=after)[: PAGE + 1])
    shown = rows[:PAGE]
    prices = dict(
        Price.objects.filter(
            price_list__store=shop, price_list__segment=None, min_quantity=1, product__in=shown
        ).values_list("product_id", "amount")
    )
    levels = {
        level.item_id: level
        for level in StockLevel.objects.filter(warehouse=shop.warehouse, item__in=[row.item_id for row in shown])
    }
    context = {
        "store": shop,
        "words": words,
        "rows": [
            (row, Money(prices[row.pk], shop.currency) if row.pk in prices else None, levels.get(row.item_id))
            for row in shown
        ],
        "more": f"?q={words}&after={shown[-1].slug}" if len(rows) > PAGE else "",
    }
    return page(request, "commerce/shop/desk_list.html", context)


def _product(slug: str) -> Product:
    found = Product.objects.select_related("item", "category").filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no such product."))
    return found


def _initial(product: Product) -> dict[str, object]:
    return {
        **ProductForm.initial_of("name", product.name),
        **ProductForm.initial_of("description", product.description),
        "sku": product.item.sku,
        "gtin": product.item.gtin,
        "category": product.category_id,
        "tax_code": product.tax_code,
        "quota_units": product.quota_units,
        "shape": product.shape,
        "is_active": product.is_active,
    }


def _data(form: ProductForm) -> ProductData:
    given = form.cleaned_data
    return ProductData(
        sku=given["sku"],
        gtin=given["gtin"],
        name=form.text("name"),
        description=form.text("description"),
        category=given["category"],
        tax_code=given["tax_code"],
        quota_units=given["quota_units"],
        shape=given["shape"],
        is_active=given["is_active"],
    )


@allow(keeper)
@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: PersonRequest, store: str) -> HttpResponse:
    """Make a product; it is sold here once it has a public price."""
    shop = _store(store)
    form = ProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = save_product(data=_data(form), at=clock.now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return redirect("desk-product", shop.code, made.slug)
    status = 400 if form.errors else 200
    return page(request, "commerce/shop/desk_new.html", {"store": shop, "form": form}, status=status)


@allow(keeper, guards="product")
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: PersonRequest, store: str, slug: str) -> HttpResponse:
    """Show a product with all its prices here and its stock; POST saves its next version."""
    shop, found = _store(store), _product(slug)
    form = ProductForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            save_product(data=_data(form), at=clock.now(), product=found)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("The product is saved."))
            return redirect("desk-product", shop.code, found.slug)
    lists = list(shop.price_lists.order_by("id"))
    price_form = PriceForm()
    price_form.fields["price_list"].choices = _choices(lists)  # type: ignore[attr-defined]
    context = {
        "store": shop,
        "product": found,
        "form": form,
        "price_form": price_form,
        "stock_form": StockForm(),
        "picture": picture_of(found),
        "prices": [
            (price, Money(price.amount, shop.currency))
            for price in Price.objects.filter(price_list__in=lists, product=found)
            .select_related("price_list")
            .order_by("price_list_id", "min_quantity")
        ],
        "lists": [each for each in lists if each.percent_off is not None],
        "level": StockLevel.objects.filter(warehouse=shop.warehouse, item=found.item).first(),
    }
    return page(request, "commerce/shop/desk_product.html", context, status=400 if form.errors else 200)


def _choices(lists: list[PriceList]) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name.in_language(language())) for each in lists]


@allow(keeper, guards="product")
@require_POST
def price(request: PersonRequest, store: str, slug: str) -> HttpResponse:
    """Set or take away a price of a product in one of the store's lists."""
    shop, found = _store(store), _product(slug)
    lists = list(shop.price_lists.select_related("store"))
    form = PriceForm(request.POST)
    form.fields["price_list"].choices = _choices(lists)  # type: ignore[attr-defined]
    if not form.is_valid():
        raise Refusal(_first_error(form), status=400)
    given = form.cleaned_data
    chosen = next(each for each in lists if str(each.pk) == given["price_list"])
    set_price(price_list=chosen, product=found, amount=given["amount"], min_quantity=given["min_quantity"])
    messages.success(request, _("The price is saved."))
    return redirect("desk-product", shop.code, found.slug)


@allow(keeper, guards="product")
@require_POST
def change_stock(request: PersonRequest, store: str, slug: str) -> HttpResponse:
    """Take in goods, or set what was counted."""
    shop, found = _store(store), _product(slug)
    form = StockForm(request.POST)
    if not form.is_valid():
        raise Refusal(_first_error(form), status=400)
    place, quantity, at = shop.warehouse, form.cleaned_data["quantity"], clock.now()
    if form.cleaned_data["what"] == "receive":
        stock.receive(warehouse=place, item=found.item, quantity=quantity, at=at, by_id=request.person.pk)
    else:
        stock.count(warehouse=place, item=found.item, on_hand=quantity, at=at, by_id=request.person.pk)
    messages.success(request, _("The stock is saved."))
    return redirect("desk-product", shop.code, found.slug)


def _first_error(form: PriceForm | StockForm) -> str:
    name, errors = next(iter(form.errors.items()))
    return f"{form.fields[name].label}: {errors[0]}"
