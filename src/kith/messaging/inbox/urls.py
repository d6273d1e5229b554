"""Addresses of the inbox."""

from django.urls import path

from kith.messaging.inbox import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<uuid:public_id>/", views.message, name="message"),
    path("inbox/<uuid:public_id>/acknowledge/", views.acknowledge, name="message-acknowledge"),
]
