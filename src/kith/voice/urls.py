"""Addresses of voice."""

from django.urls import path

from kith.voice.anonymous import desk as nameless_desk
from kith.voice.anonymous import views as nameless
from kith.voice.campaigns import desk as campaigns
from kith.voice.filings import views as filings
from kith.voice.ideas import desk, views

urlpatterns = [
    path("desk/ideas/", desk.listing, name="ideas-desk"),
    path("desk/ideas/campaigns/", campaigns.listing, name="idea-campaigns-desk"),
    path("desk/ideas/campaigns/new/", campaigns.new, name="idea-campaign-new"),
    path("desk/ideas/campaigns/<uuid:public_id>/", campaigns.edit, name="idea-campaign-edit"),
    path("desk/ideas/campaigns/<uuid:public_id>/close/", campaigns.close, name="idea-campaign-close"),
    path("admin/ideas/", campaigns.terms, name="idea-terms"),
    path("admin/ideas/limits/", campaigns.limit, name="idea-limit"),
    path("ideas/", views.listing, name="ideas"),
    path("ideas/new/", views.new, name="idea-new"),
    path("ideas/similar/", views.similar, name="ideas-similar"),
    path("ideas/done/", views.done, name="ideas-done"),
    path("ideas/numbers/", views.figures, name="ideas-numbers"),
    path("ideas/campaigns/", views.campaigns, name="idea-campaigns"),
    path("ideas/campaigns/<uuid:public_id>/", views.campaign, name="idea-campaign"),
    path("ideas/filings/", filings.check, name="idea-filings"),
    path("ideas/anonymous/", nameless.write, name="idea-anonymous"),
    path("ideas/anonymous/thread/", nameless.thread, name="idea-anonymous-thread"),
    path("ideas/anonymous/thread/say/", nameless.say, name="idea-anonymous-say"),
    path("ideas/anonymous/thread/rate/", nameless.rate, name="idea-anonymous-rate"),
    path("ideas/<uuid:public_id>/", views.one, name="idea"),
    path("ideas/<uuid:public_id>/read/", desk.read, name="idea-read"),
    path("ideas/<uuid:public_id>/answer/", desk.answer, name="idea-answer"),
    path("ideas/<uuid:public_id>/pass-up/", desk.pass_up, name="idea-pass-up"),
    path("ideas/<uuid:public_id>/implemented/", desk.implemented, name="idea-implemented"),
    path("ideas/<uuid:public_id>/anew/", desk.anew, name="idea-anew"),
    path("ideas/<uuid:public_id>/merge/choices/", desk.merge_choices, name="idea-merge-choices"),
    path("ideas/<uuid:public_id>/merge/", desk.merge, name="idea-merge"),
    path("ideas/<uuid:public_id>/unmerge/", desk.unmerge, name="idea-unmerge"),
    path("ideas/<uuid:public_id>/reply/", nameless_desk.reply, name="idea-reply"),
    path("ideas/<uuid:public_id>/rate/", views.rate, name="idea-rate"),
    path("ideas/<uuid:public_id>/vote/", views.vote, name="idea-vote"),
    path("ideas/<uuid:public_id>/comment/", views.comment, name="idea-comment"),
    path("ideas/<uuid:public_id>/attach/", views.attach, name="idea-attach"),
    path("ideas/<uuid:public_id>/files/<uuid:file_id>/", views.file, name="idea-file"),
]
