"""The addresses of the organization's identity."""

from django.urls import path

from kith.portal.organization import desk, theme_desk

urlpatterns = [
    path("admin/organization/", desk.organization, name="organization"),
    path("admin/organization/rooms/", desk.rooms, name="rooms"),
    path("admin/organization/theme/", theme_desk.theme, name="theme"),
    path("admin/organization/theme/restore/", theme_desk.restore, name="theme-restore"),
    path("admin/organization/theme/preview/", theme_desk.preview, name="theme-preview"),
    path("admin/organization/theme/preview.css", theme_desk.preview_stylesheet, name="theme-preview-css"),
    path("logo/<slug:sha256>.png", desk.logo, name="logo"),
]
