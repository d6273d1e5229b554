"""The addresses of imports."""

from django.urls import path

from kith.portal.imports import desk

urlpatterns = [
    path("admin/imports/", desk.listing, name="imports"),
    path("admin/imports/upload/", desk.upload, name="import-upload"),
    path("admin/imports/templates/<slug:kind>.csv", desk.template, name="import-template"),
    path("admin/imports/<uuid:public_id>/", desk.one, name="import"),
    path("admin/imports/<uuid:public_id>/preview/", desk.preview, name="import-preview"),
    path("admin/imports/<uuid:public_id>/commit/", desk.commit, name="import-commit"),
    path("admin/imports/<uuid:public_id>/undo/", desk.undo, name="import-undo"),
    path("admin/imports/<uuid:public_id>/discard/", desk.discard, name="import-discard"),
    path("admin/imports/<uuid:public_id>/rejects.csv", desk.rejects, name="import-rejects"),
]
