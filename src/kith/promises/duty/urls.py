"""The addresses of duties."""

from django.urls import path

from kith.promises.duty import desk

urlpatterns = [
    path("desk/duties/", desk.listing, name="duties"),
    path("desk/duties/<str:code>/add/", desk.add, name="duty-add"),
    path("desk/duties/<str:code>/remove/", desk.remove, name="duty-remove"),
]
