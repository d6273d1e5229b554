"""The addresses of bearer tokens."""

from django.urls import path

from kith.portal.tokens import desk

urlpatterns = [
    path("admin/tokens/", desk.tokens, name="api-tokens"),
    path("admin/tokens/<uuid:public_id>/revoke/", desk.revoke, name="api-token-revoke"),
]
