"""Every address of the portal."""

from django.conf import settings
from django.urls import include, path

from kith.config import api
from kith.config.address_book import AddressBook, Entry

_routes: list[Entry] = [
    path("api/v1/", api.urls),
    path("", include("kith.config.health.urls")),
    path("", include("kith.portal.urls")),
    path("", include("kith.messaging.urls")),
    path("", include("kith.promises.urls")),
    path("", include("kith.insight.urls")),
    path("", include("kith.care.urls")),
    path("", include("kith.notices.urls")),
    path("", include("kith.billing.urls")),
    path("", include("kith.commerce.urls")),
    path("", include("kith.voice.urls")),
    path("", include("kith.workplace.urls")),
    path("", include("kith.support.urls")),
    path("", include("kith.content.urls")),
]

if settings.KITH_DEMO:
    _routes.append(path("", include("kith.config.demo.urls")))

urlpatterns = [AddressBook(_routes)]

handler400 = "kith.portal.shell.errors.bad_request"
handler403 = "kith.portal.shell.errors.not_allowed"
handler404 = "kith.portal.shell.errors.not_found"
handler500 = "kith.portal.shell.errors.server_error"
