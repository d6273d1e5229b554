"""Whose basket a request holds: the person's own, or the one the visitor's session knows."""

from datetime import datetime

from kith.access.requests import Request
from kith.commerce.baskets import actions, queries
from kith.commerce.baskets.models import Basket
from kith.commerce.stores.models import Store


def _key(store: Store) -> str:
    return f"basket:{store.code}"


def held(request: Request, *, store: Store, at: datetime) -> Basket | None:
    """Return the basket of a request, if there is one; what was put in as a visitor comes along with signing in."""
    key = request.session.get(_key(store), "")
    visitor = queries.of_visitor(store_id=store.pk, key=key) if key else None
    if request.person is None:
        return visitor
    if visitor is not None:
        del request.session[_key(store)]
        return actions.take_over(visitor=visitor, person=request.person, at=at)
    return queries.of_person(store_id=store.pk, person_id=request.person.pk)


def opened(request: Request, *, store: Store, at: datetime) -> Basket:
    """Return the basket of a request, a new one where there was none."""
    basket = held(request, store=store, at=at)
    if basket is None:
        basket = actions.open_basket(store=store, person=request.person, at=at)
        if request.person is None:
            request.session[_key(store)] = str(basket.public_id)
    return basket
