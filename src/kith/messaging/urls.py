"""Addresses of messaging."""

from django.urls import include, path

urlpatterns = [path("", include("kith.messaging.inbox.urls"))]
