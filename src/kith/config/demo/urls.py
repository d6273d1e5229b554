"""Addresses of the demo."""

from django.urls import path

from kith.config.demo import views

urlpatterns = [
    path("demo/", views.stage, name="demo"),
    path("demo/person/", views.become, name="demo-person"),
    path("demo/clock/", views.move_clock, name="demo-clock"),
    path("demo/reset/", views.begin_anew, name="demo-reset"),
]
