"""Addresses of notices."""

from django.urls import path

from kith.notices.approvals import desk as approvals
from kith.notices.board import desk as board
from kith.notices.board import views as muster
from kith.notices.cap import views as cap
from kith.notices.proof import desk as proof
from kith.notices.publishing import desk, views
from kith.notices.rulebook import desk as rulebook

urlpatterns = [
    path("notices/", views.mine, name="notices"),
    path("desk/notices/", desk.listing, name="notices-desk"),
    path("desk/notices/new/", desk.new, name="notice-new"),
    path("desk/notices/audience/", desk.audience, name="notice-audience"),
    path("desk/notices/sender/", desk.sender, name="notice-sender"),
    path("desk/notices/approvals/", approvals.listing, name="notice-approvals"),
    path("desk/notices/approvals/<uuid:public_id>/", approvals.one, name="notice-approval"),
    path("admin/notices/", rulebook.rulebook, name="notice-rulebook"),
    path("desk/notices/<uuid:public_id>/", desk.one, name="notice-desk"),
    path("desk/notices/<uuid:public_id>/edit/", desk.edit, name="notice-edit"),
    path("desk/notices/<uuid:public_id>/publish/", desk.publish, name="notice-publish"),
    path("desk/notices/<uuid:public_id>/amend/", desk.amend, name="notice-amend"),
    path("desk/notices/<uuid:public_id>/withdraw/", desk.withdraw, name="notice-withdraw"),
    path("desk/notices/<uuid:public_id>/proof.csv", proof.export, name="notice-proof"),
    path("desk/notices/<uuid:public_id>/proof.jsonl", proof.export_signed, name="notice-proof-signed"),
    path("desk/notices/<uuid:public_id>/report/", proof.after_action, name="notice-report"),
    path("desk/notices/proof/", proof.check, name="notice-proof-check"),
    path("desk/notices/<uuid:public_id>/board/", board.board, name="notice-board"),
    path("desk/notices/<uuid:public_id>/board/links/", board.issue, name="muster-issue"),
    path("desk/notices/<uuid:public_id>/board/links/<uuid:link_id>/revoke/", board.revoke, name="muster-revoke"),
    path("muster/<str:token>/", muster.muster, name="muster"),
    path("notices/<uuid:public_id>/", cap.web, name="notice"),
    path("notices/<uuid:public_id>/cap.xml", cap.cap, name="notice-cap"),
    path("desk/notices/<uuid:public_id>/mine/", proof.mine, name="notice-outstanding"),
]
