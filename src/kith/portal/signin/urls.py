"""The addresses of signing in."""

from django.urls import path

from kith.portal.signin import desk, views
from kith.portal.signin.opened import views as opened

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/link/", views.ask_for_link, name="sign-in-link"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("sign-out/everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("me/password/", views.change_password, name="change-password"),
    path("me/pin/", views.change_pin, name="change-pin"),
    path("kiosk/", desk.enter, name="kiosk"),
    path("kiosk/register/", desk.register, name="kiosk-register"),
    path("admin/kiosks/", desk.listing, name="kiosks"),
    path("admin/kiosks/<uuid:public_id>/revoke/", desk.revoke, name="kiosk-revoke"),
    path("t/<str:token>/", opened.one_time_link, name="one-time-link"),
]
