"""Addresses of conversations."""

from django.urls import path

from kith.messaging.conversations import desk, talking, views

_ONE = "messages/<uuid:public_id>/"

urlpatterns = [
    path("messages/", talking.listing, name="conversations"),
    path("messages/new/", views.new, name="conversation-new"),
    path("messages/settings/", views.manners, name="conversation-manners"),
    path("messages/moderation/", views.moderation_log, name="moderation-log"),
    path("messages/to/<uuid:public_id>/", views.write_to, name="conversation-with"),
    path(_ONE, talking.one, name="conversation"),
    path(f"{_ONE}posts/", talking.posts, name="conversation-posts"),
    path(f"{_ONE}say/", talking.say, name="conversation-say"),
    path(f"{_ONE}read/", talking.read, name="conversation-read"),
    path(f"{_ONE}people/", talking.pick, name="conversation-pick"),
    path(f"{_ONE}settings/", views.settings, name="conversation-settings"),
    path(f"{_ONE}change/", views.change, name="conversation-change"),
    path(f"{_ONE}files/<uuid:file_id>/", talking.file, name="conversation-file"),
    path(f"{_ONE}<int:seq>/edit/", views.edit, name="post-edit"),
    path(f"{_ONE}<int:seq>/withdraw/", talking.withdraw, name="post-withdraw"),
    path(f"{_ONE}<int:seq>/report/", views.report, name="post-report"),
    path(f"{_ONE}<int:seq>/acknowledge/", talking.acknowledge, name="post-acknowledge"),
    path(f"{_ONE}<int:seq>/turn/<slug:name>/", talking.turn, name="post-turn"),
    path("desk/messages/", desk.questions, name="conversation-questions"),
    path("desk/moderation/", desk.reports, name="moderation"),
    path("desk/moderation/<uuid:public_id>/", desk.report, name="moderation-report"),
    path("admin/conversations/", desk.keeping, name="conversation-keeping"),
]
