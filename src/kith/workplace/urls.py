"""Addresses of workplace."""

from django.urls import path

from kith.workplace.personnel import desk, views

urlpatterns = [
    path("absences/", views.mine, name="absences"),
    path("desk/people/", desk.listing, name="personnel"),
    path("desk/people/<uuid:public_id>/", desk.one, name="personnel-person"),
    path("desk/people/<uuid:public_id>/end/", desk.end, name="personnel-end"),
]
