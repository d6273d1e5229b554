"""The addresses of promises."""

from django.urls import path

from kith.promises.commitments import desk, views

urlpatterns = [
    path("promises/", views.mine, name="promises"),
    path("promises/owe/", views.owe, name="promise-owe"),
    path("promises/ask/", views.ask, name="promise-ask"),
    path("promises/<uuid:public_id>/", desk.one, name="promise"),
    path("promises/<uuid:public_id>/done/", views.done, name="promise-done"),
    path("desk/promises/", desk.listing, name="promises-desk"),
    path("desk/unanswered/", desk.wall, name="unanswered"),
    path("desk/promises/<uuid:public_id>/pass-on/", desk.pass_on, name="promise-pass-on"),
    path("desk/promises/<uuid:public_id>/extend/", desk.extend, name="promise-extend"),
    path("desk/promises/<uuid:public_id>/pause/", desk.pause, name="promise-pause"),
    path("desk/promises/<uuid:public_id>/resume/", desk.resume, name="promise-resume"),
    path("desk/promises/<uuid:public_id>/withdraw/", desk.withdraw, name="promise-withdraw"),
]
