"""Addresses of content."""

from django.urls import path

from kith.content.news import desk, views

urlpatterns = [
    path("news/", views.listing, name="news"),
    path("news/<uuid:public_id>/", views.one, name="news-one"),
    path("desk/news/", desk.listing, name="news-desk"),
    path("desk/news/new/", desk.new, name="news-new"),
    path("desk/news/<uuid:public_id>/", desk.edit, name="news-edit"),
    path("desk/news/<uuid:public_id>/release/", desk.release, name="news-release"),
    path("desk/news/<uuid:public_id>/withdraw/", desk.withdraw, name="news-withdraw"),
]
