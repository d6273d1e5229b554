"""The addresses of the set-up."""

from django.urls import path

from kith.portal.welcome import desk, views

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("welcome/begin/<slug:token>/", views.by_token, name="welcome-by-token"),
    path("welcome/begin/<slug:token>/<slug:key>/", views.step_by_token, name="welcome-step-by-token"),
    path("welcome/begin/<slug:token>/<slug:key>/skip/", views.skip_by_token, name="welcome-skip-by-token"),
    path("welcome/steps/", desk.listing, name="welcome-list"),
    path("welcome/steps/put-away/", desk.put_away, name="welcome-put-away"),
    path("welcome/steps/<slug:key>/", desk.step, name="welcome-step"),
    path("welcome/steps/<slug:key>/skip/", desk.skip, name="welcome-skip"),
]
