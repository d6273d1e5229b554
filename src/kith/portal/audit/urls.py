"""Addresses of the audit."""

from django.urls import path

from kith.portal.audit import desk

urlpatterns = [path("desk/audit/", desk.audit, name="audit")]
