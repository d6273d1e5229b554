"""Addresses of support."""

from django.urls import path

from kith.support.requests import desk, views

urlpatterns = [
    path("support/", views.listing, name="requests"),
    path("support/new/", views.new, name="request-new"),
    path("support/<uuid:public_id>/", views.one, name="request"),
    path("support/<uuid:public_id>/say/", views.say, name="request-say"),
    path("support/<uuid:public_id>/close/", views.close, name="request-close"),
    path("desk/requests/", desk.listing, name="requests-desk"),
]
