"""Addresses of the first pages."""

from django.urls import path

from kith.portal.indexes import views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("admin/", views.administration, name="administration"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
