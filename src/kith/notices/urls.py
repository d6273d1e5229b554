"""Addresses of notices."""

from django.urls import path

from kith.notices.proof import desk as proof
from kith.notices.publishing import desk, views

urlpatterns = [
    path("notices/", views.mine, name="notices"),
    path("desk/notices/", desk.listing, name="notices-desk"),
    path("desk/notices/new/", desk.new, name="notice-new"),
    path("desk/notices/audience/", desk.audience, name="notice-audience"),
    path("desk/notices/<uuid:public_id>/", desk.one, name="notice-desk"),
    path("desk/notices/<uuid:public_id>/edit/", desk.edit, name="notice-edit"),
    path("desk/notices/<uuid:public_id>/publish/", desk.publish, name="notice-publish"),
    path("desk/notices/<uuid:public_id>/amend/", desk.amend, name="notice-amend"),
    path("desk/notices/<uuid:public_id>/withdraw/", desk.withdraw, name="notice-withdraw"),
    path("desk/notices/<uuid:public_id>/proof.csv", proof.export, name="notice-proof"),
    path("desk/notices/<uuid:public_id>/mine/", proof.mine, name="notice-outstanding"),
]
