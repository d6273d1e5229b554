"""Addresses of home."""

from django.urls import path

from kith.portal.home import desk, views

urlpatterns = [
    path("", views.home, name="home"),
    path("arrange/", views.arrange, name="arrange"),
    path("admin/home/", desk.listing, name="home-defaults"),
    path("admin/home/<int:key>/", desk.one, name="home-default"),
    path("admin/home/<int:key>/close/", desk.close, name="home-default-close"),
]
