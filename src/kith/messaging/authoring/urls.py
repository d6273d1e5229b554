"""Addresses of automatic messages."""

from django.urls import path

from kith.messaging.authoring import desk

urlpatterns = [
    path("admin/messages/", desk.listing, name="wordings"),
    path("admin/messages/<str:code>/", desk.one, name="wording"),
    path("admin/messages/<str:code>/activate/", desk.activate, name="wording-activate"),
    path("admin/messages/<str:code>/drop/", desk.drop, name="wording-drop"),
    path("admin/messages/<str:code>/preview/", desk.previewed, name="wording-preview"),
    path("admin/messages/<str:code>/preview/html/", desk.as_html, name="wording-html"),
]
