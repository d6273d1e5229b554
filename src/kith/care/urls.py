"""Addresses of care."""

from django.urls import path

from kith.care.errands import views as errands
from kith.care.mutes import desk as mutes
from kith.care.offers import views as offers
from kith.care.programmes import desk, writing
from kith.care.wishes import views as wishes

urlpatterns = [
    path("gifts/", offers.gifts, name="gifts"),
    path("gifts/<uuid:public_id>/", offers.offer, name="gift-offer"),
    path("errands/<uuid:public_id>/", errands.errand, name="errand"),
    path("me/care/", wishes.mine, name="my-likes"),
    path("me/care/answer/", wishes.answer, name="my-care-answer"),
    path("desk/care/", desk.listing, name="care-desk"),
    path("desk/care/new/", writing.new, name="care-new"),
    path("desk/care/quiet/", mutes.quiet, name="care-quiet"),
    path("desk/care/quiet/<uuid:public_id>/end/", mutes.end, name="care-quiet-end"),
    path("desk/care/<slug:code>/", desk.one, name="care-programme"),
    path("desk/care/<slug:code>/rehearsal/", desk.rehearsal, name="care-rehearsal"),
    path("desk/care/<slug:code>/switch/", desk.switch, name="care-switch"),
    path("desk/care/<slug:code>/review/", desk.review, name="care-review"),
    path("desk/care/<slug:code>/draft/", writing.draft, name="care-draft"),
    path("desk/care/<slug:code>/draft/steps/", writing.add, name="care-step-add"),
    path("desk/care/<slug:code>/draft/steps/<int:position>/", writing.step, name="care-step"),
    path("desk/care/<slug:code>/draft/steps/<int:position>/move/", writing.move, name="care-step-move"),
]
