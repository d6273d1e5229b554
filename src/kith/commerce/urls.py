"""The addresses of commerce."""

from django.urls import path

from kith.commerce.baskets import views as baskets
from kith.commerce.checkout import views as checkout
from kith.commerce.gifts import desk as gift_desk
from kith.commerce.orders import desk as order_desk
from kith.commerce.orders import views as orders
from kith.commerce.shop import desk as shop_desk
from kith.commerce.shop import views as shop

urlpatterns = [
    path("store/", shop.stores, name="stores"),
    path("store/<slug:store>/", shop.store, name="store"),
    path("store/<slug:store>/basket/", baskets.basket, name="basket"),
    path("store/<slug:store>/checkout/", checkout.check_out, name="check-out"),
    path("store/<slug:store>/<slug:slug>/", shop.product, name="product"),
    path("pictures/products/<slug:slug>.svg", shop.picture, name="product-picture"),
    path("orders/", orders.orders, name="orders"),
    path("orders/find/", orders.find, name="find-order"),
    path("orders/<uuid:public_id>/", orders.order, name="order"),
    path("orders/<uuid:public_id>/bill.pdf", orders.bill_pdf, name="order-bill"),
    path("orders/<uuid:public_id>/pay/", orders.pay, name="pay-order"),
    path("orders/<uuid:public_id>/cancel/", orders.cancel, name="cancel-order"),
    path("orders/<uuid:public_id>/cancel-units/", orders.cancel_units, name="cancel-order-units"),
    path("desk/orders/", order_desk.orders, name="desk-orders"),
    path("desk/orders/<uuid:public_id>/", order_desk.order, name="desk-order"),
    path("desk/orders/<uuid:public_id>/advance/", order_desk.advance, name="desk-order-advance"),
    path("desk/orders/<uuid:public_id>/cancel/", order_desk.cancel, name="desk-order-cancel"),
    path("desk/orders/<uuid:public_id>/cancel-units/", order_desk.cancel_units, name="desk-order-cancel-units"),
    path("desk/gifts/", gift_desk.gifts, name="gift-desk"),
    path("desk/gifts/<uuid:public_id>/take-off/", gift_desk.take_off, name="gift-take-off"),
    path("desk/gifts/charities/<uuid:public_id>/end/", gift_desk.end_charity, name="gift-charity-end"),
    path("desk/store/", shop_desk.stores, name="desk-stores"),
    path("desk/store/<slug:store>/", shop_desk.store, name="desk-store"),
    path("desk/store/<slug:store>/new/", shop_desk.new_product, name="desk-new-product"),
    path("desk/store/<slug:store>/<slug:slug>/", shop_desk.product, name="desk-product"),
    path("desk/store/<slug:store>/<slug:slug>/price/", shop_desk.price, name="desk-product-price"),
    path("desk/store/<slug:store>/<slug:slug>/stock/", shop_desk.change_stock, name="desk-product-stock"),
]
