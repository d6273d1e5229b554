"""Addresses of preferences."""

from django.urls import path

from kith.portal.preferences import views
from kith.portal.preferences.kept import views as kept

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/deputies/", views.deputies, name="my-deputies"),
    path("me/privacy/", kept.privacy, name="my-privacy"),
    path("me/privacy/download/", kept.download, name="my-privacy-download"),
    path("me/privacy/erasure/", kept.erasure, name="my-privacy-erasure"),
]
