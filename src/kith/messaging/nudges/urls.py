"""Addresses of one's own devices and number."""

from django.urls import path

from kith.messaging.nudges import views

urlpatterns = [
    path("me/devices/", views.add_device, name="device-add"),
    path("me/devices/<uuid:public_id>/remove/", views.remove_device, name="device-remove"),
    path("me/number/", views.set_number, name="number-set"),
    path("me/number/confirm/", views.confirm_number, name="number-confirm"),
]
