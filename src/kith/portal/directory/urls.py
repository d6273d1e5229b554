"""Addresses of the directory."""

from django.urls import path

from kith.portal.directory import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<uuid:public_id>/", views.one, name="person"),
    path("people/<uuid:public_id>/portrait.svg", views.portrait, name="portrait"),
]
