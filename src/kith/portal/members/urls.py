"""The addresses of people and their accounts."""

from django.urls import path

from kith.portal.members import desk

urlpatterns = [
    path("admin/people/", desk.listing, name="members"),
    path("admin/people/new/", desk.new, name="member-new"),
    path("admin/people/invite/", desk.invite_all, name="members-invite"),
    path("admin/people/<uuid:public_id>/", desk.one, name="member"),
    path("admin/people/<uuid:public_id>/account/", desk.account, name="member-account"),
    path("admin/people/<uuid:public_id>/close/", desk.close, name="member-close"),
    path("admin/people/<uuid:public_id>/roles/give/", desk.give_role, name="member-role-give"),
    path("admin/people/<uuid:public_id>/roles/take/", desk.take_role, name="member-role-take"),
]
