"""Addresses of care."""

from django.urls import path

from kith.care.offers import views as offers
from kith.care.preferences import views as preferences
from kith.care.programmes import desk

urlpatterns = [
    path("gifts/", offers.gifts, name="gifts"),
    path("gifts/<uuid:public_id>/", offers.offer, name="gift-offer"),
    path("me/likes/", preferences.likes, name="my-likes"),
    path("desk/care/", desk.listing, name="care-desk"),
    path("desk/care/<slug:code>/", desk.one, name="care-programme"),
    path("desk/care/<slug:code>/switch/", desk.switch, name="care-switch"),
]
