"""The addresses of measures."""

from django.urls import path

from kith.insight.measures import desk

urlpatterns = [path("desk/measures/", desk.measures, name="measures")]
