"""Addresses of preferences."""

from django.urls import path

from kith.portal.preferences import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/deputies/", views.deputies, name="my-deputies"),
    path("me/privacy/", views.privacy, name="my-privacy"),
]
