"""Addresses of voice."""

from django.urls import path

from kith.voice.ideas import desk, views

urlpatterns = [
    path("desk/ideas/", desk.listing, name="ideas-desk"),
    path("ideas/", views.listing, name="ideas"),
    path("ideas/new/", views.new, name="idea-new"),
    path("ideas/<uuid:public_id>/", views.one, name="idea"),
    path("ideas/<uuid:public_id>/answer/", views.answer, name="idea-answer"),
    path("ideas/<uuid:public_id>/rate/", views.rate, name="idea-rate"),
    path("ideas/<uuid:public_id>/vote/", views.vote, name="idea-vote"),
    path("ideas/<uuid:public_id>/comment/", views.comment, name="idea-comment"),
]
