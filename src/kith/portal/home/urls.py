"""Addresses of home."""

from django.urls import path

from kith.portal.home import views

urlpatterns = [path("", views.home, name="home"), path("arrange/", views.arrange, name="arrange")]
