"""Addresses of the segment builder."""

from django.urls import path

from kith.portal.segments import desk

urlpatterns = [
    path("admin/segments/", desk.listing, name="segments"),
    path("admin/segments/new/", desk.new, name="segment-new"),
    path("admin/segments/<uuid:public_id>/", desk.edit, name="segment"),
]
