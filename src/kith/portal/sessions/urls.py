"""The addresses of my sessions."""

from django.urls import path

from kith.portal.sessions import views

urlpatterns = [
    path("me/sessions/", views.mine, name="my-sessions"),
    path("me/sessions/others/end/", views.end_others, name="end-other-sessions"),
    path("me/sessions/<slug:handle>/end/", views.end, name="end-session"),
]
