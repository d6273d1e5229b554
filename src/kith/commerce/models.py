"""The tables of commerce."""

from kith.commerce.baskets.models import Basket, BasketLine
from kith.commerce.gifts.models import Charity, Donation, Gift, GiftPolicy, GiftPot, Given
from kith.commerce.orders.models import Cancellation, Order, OrderLine
from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.models import Category, Product
from kith.commerce.stores.models import Store

__all__ = [
    "Basket",
    "BasketLine",
    "Cancellation",
    "Category",
    "Charity",
    "Donation",
    "Gift",
    "GiftPolicy",
    "GiftPot",
    "Given",
    "Order",
    "OrderLine",
    "Price",
    "PriceList",
    "Product",
    "Store",
]
