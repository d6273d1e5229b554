"""The addresses of the frame itself."""

from django.urls import path

from kith.portal.shell import views

urlpatterns = [
    path("theme.css", views.theme_css, name="theme-css"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("offline/", views.offline, name="offline"),
    path("styleguide/", views.style_guide, name="style-guide"),
    path("bell/", views.bell, name="bell"),
    path("choose/language/", views.choose_language, name="choose-language"),
    path("choose/theme/", views.choose_theme, name="choose-theme"),
]
