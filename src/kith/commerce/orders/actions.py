"""Writes of orders, one module a group of verbs; these are the names others call."""

from kith.commerce.orders.asking import CheckOut, Guest
from kith.commerce.orders.cancelling import cancel_order, cancel_units, expire
from kith.commerce.orders.confirming import confirm
from kith.commerce.orders.placing import Placed, place_order, start_payment
from kith.commerce.orders.shipping import advance

__all__ = [
    "CheckOut",
    "Guest",
    "Placed",
    "advance",
    "cancel_order",
    "cancel_units",
    "confirm",
    "expire",
    "place_order",
    "start_payment",
]
