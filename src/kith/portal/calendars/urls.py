"""The addresses of working hours."""

from django.urls import path

from kith.portal.calendars import desk

urlpatterns = [
    path("admin/calendars/", desk.listing, name="calendars"),
    path("admin/calendars/<str:code>/", desk.one, name="calendar"),
    path("admin/calendars/<str:code>/drop/", desk.drop, name="calendar-drop"),
]
