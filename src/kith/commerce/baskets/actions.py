"""Writes of baskets."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.commerce.baskets.models import Basket, BasketLine
from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.kernel.refusals import BadInput
from kith.people.persons.models import Person

MOST = 999
MOST_LINES = 100


def open_basket(*, store: Store, person: Person | None, at: datetime) -> Basket:
    """Return a person's basket, made at first; a visitor always gets a new one."""
    if person is None:
        return Basket.objects.create(store=store, updated_at=at)
    return Basket.objects.get_or_create(store=store, person=person, defaults={"updated_at": at})[0]


def put(*, basket: Basket, product: Product, quantity: int, at: datetime, add: bool = False) -> None:
    """Set (or with `add` raise) the quantity of a product; 0 takes it out."""
    with transaction.atomic():
        held = Basket.objects.select_for_update().get(pk=basket.pk)
        line = BasketLine.objects.filter(basket=held, product=product).first()
        wanted = quantity + (line.quantity if add and line is not None else 0)
        if not 0 <= wanted <= MOST:
            raise BadInput(_("A quantity is a whole number from 0 to %s.") % MOST, field="quantity")
        if line is None and wanted and held.lines.count() >= MOST_LINES:
            raise BadInput(_("A basket holds at most %s different products.") % MOST_LINES, field="quantity")
        if wanted == 0:
            BasketLine.objects.filter(basket=held, product=product).delete()
        else:
            BasketLine.objects.update_or_create(basket=held, product=product, defaults={"quantity": wanted})
        held.updated_at = at
        held.save(update_fields=["updated_at"])


def take_over(*, visitor: Basket, person: Person, at: datetime) -> Basket:
    """Pour what someone put in as a visitor into their own basket, once they signed in."""
    with transaction.atomic():
        mine = open_basket(store=visitor.store, person=person, at=at)
        for line in visitor.lines.select_related("product"):
            have = BasketLine.objects.filter(basket=mine, product=line.product).first()
            quantity = min(MOST, line.quantity + (have.quantity if have is not None else 0))
            put(basket=mine, product=line.product, quantity=quantity, at=at)
        visitor.delete()
    return mine


def take_all(*, basket_id: int) -> dict[int, int]:
    """Lock a basket, empty it and return what was in it; only inside a transaction, so that it is ordered once."""
    held = Basket.objects.select_for_update().filter(pk=basket_id).first()
    if held is None:
        return {}
    taken = dict(held.lines.values_list("product_id", "quantity"))
    held.lines.all().delete()
    return taken
