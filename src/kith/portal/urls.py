"""Addresses of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("kith.portal.shell.urls")),
    path("", include("kith.portal.signin.urls")),
    path("", include("kith.portal.home.urls")),
    path("", include("kith.portal.search.urls")),
    path("", include("kith.portal.preferences.urls")),
    path("", include("kith.portal.directory.urls")),
    path("", include("kith.portal.segments.urls")),
    path("", include("kith.portal.imports.urls")),
    path("", include("kith.portal.indexes.urls")),
]
