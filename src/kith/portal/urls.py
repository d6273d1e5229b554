"""Addresses of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("kith.portal.shell.urls")),
    path("", include("kith.portal.signin.urls")),
    path("", include("kith.portal.welcome.urls")),
    path("", include("kith.portal.organization.urls")),
    path("", include("kith.portal.calendars.urls")),
    path("", include("kith.portal.sessions.urls")),
    path("", include("kith.portal.tokens.urls")),
    path("", include("kith.portal.home.urls")),
    path("", include("kith.portal.search.urls")),
    path("", include("kith.portal.preferences.urls")),
    path("", include("kith.portal.directory.urls")),
    path("", include("kith.portal.members.urls")),
    path("", include("kith.portal.segments.urls")),
    path("", include("kith.portal.imports.urls")),
    path("", include("kith.portal.exports.urls")),
    path("", include("kith.portal.erasures.urls")),
    path("", include("kith.portal.audit.urls")),
    path("", include("kith.portal.indexes.urls")),
]
