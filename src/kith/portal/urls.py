"""Addresses of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("kith.portal.shell.urls")),
    path("", include("kith.portal.signin.urls")),
]
