"""Every address of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("kith.config.health.urls")),
    path("", include("kith.portal.urls")),
    path("", include("kith.messaging.urls")),
    path("", include("kith.promises.urls")),
    path("", include("kith.insight.urls")),
    path("", include("kith.notices.urls")),
    path("", include("kith.billing.urls")),
    path("", include("kith.commerce.urls")),
]
