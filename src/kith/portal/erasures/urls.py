"""Addresses of the desk of erasures."""

from django.urls import path

from kith.portal.erasures import desk

urlpatterns = [
    path("desk/erasures/", desk.listing, name="erasures"),
    path("desk/erasures/<uuid:public_id>/", desk.one, name="erasure"),
    path("desk/erasures/<uuid:public_id>/confirm/", desk.confirm, name="erasure-confirm"),
]
