"""Addresses of exports."""

from django.urls import path

from kith.portal.exports import views

urlpatterns = [
    path("exports/", views.listing, name="exports"),
    path("exports/<slug:kind>/", views.download, name="export"),
]
