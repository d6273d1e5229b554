"""Addresses of messaging."""

from django.urls import include, path

from kith.messaging.links import views as links
from kith.messaging.outbox import desk as outbox

urlpatterns = [
    path("", include("kith.messaging.inbox.urls")),
    path("", include("kith.messaging.conversations.urls")),
    path("", include("kith.messaging.nudges.urls")),
    path("", include("kith.messaging.reaching.urls")),
    path("", include("kith.messaging.webhooks.urls")),
    path("", include("kith.messaging.authoring.urls")),
    path("m/<str:token>/", links.opened, name="mail-link"),
    path("desk/outbox/", outbox.outbox, name="outbox"),
    path("desk/outbox/<uuid:public_id>/", outbox.one, name="outbox-mail"),
    path("desk/outbox/<uuid:public_id>/html/", outbox.as_html, name="outbox-html"),
    path("desk/outbox/<uuid:public_id>/retry/", outbox.retry, name="outbox-retry"),
]
