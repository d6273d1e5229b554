"""Addresses of the search."""

from django.urls import path

from kith.portal.search import views

urlpatterns = [
    path("search/", views.results, name="search"),
    path("search/suggest/", views.suggest, name="search-suggest"),
]
