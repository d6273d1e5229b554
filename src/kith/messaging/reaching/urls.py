"""Addresses of how people are reached."""

from django.urls import path

from kith.messaging.reaching import desk, views

urlpatterns = [
    path("me/notifications/", views.mine, name="notifications"),
    path("desk/outbox/unreachable/", desk.unreachable, name="unreachable"),
    path("desk/outbox/unreachable/release/", desk.released, name="unreachable-release"),
    path("desk/outbox/nudges/", desk.nudges, name="nudges"),
    path("desk/outbox/messages/", desk.sent_messages, name="sent-messages"),
    path("desk/outbox/messages/<uuid:public_id>/", desk.one_message, name="sent-message"),
    path("desk/outbox/people/<uuid:public_id>/", desk.one_person, name="reached-person"),
]
