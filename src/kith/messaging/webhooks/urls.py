"""Addresses of webhooks."""

from django.urls import path

from kith.messaging.webhooks import desk

urlpatterns = [
    path("admin/webhooks/", desk.listing, name="webhooks"),
    path("admin/webhooks/<uuid:public_id>/", desk.one, name="webhook"),
    path("admin/webhooks/<uuid:public_id>/test/", desk.test, name="webhook-test"),
    path("admin/webhooks/<uuid:public_id>/roll/", desk.roll, name="webhook-roll"),
    path("admin/webhooks/<uuid:public_id>/switch/", desk.switch, name="webhook-switch"),
    path("admin/webhooks/<uuid:public_id>/remove/", desk.remove, name="webhook-remove"),
]
