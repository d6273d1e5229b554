"""Addresses of care."""

from django.urls import path

from kith.care.cards import views as cards
from kith.care.errands import views as errands
from kith.care.kin import views as kin
from kith.care.mutes import desk as mutes
from kith.care.offers import views as offers
from kith.care.programmes import desk, writing
from kith.care.terms import desk as terms
from kith.care.wishes import views as wishes

urlpatterns = [
    path("gifts/", offers.gifts, name="gifts"),
    path("gifts/<uuid:public_id>/", offers.offer, name="gift-offer"),
    path("errands/<uuid:public_id>/", errands.errand, name="errand"),
    path("cards/", cards.cards, name="cards"),
    path("cards/pictures/<slug:name>.svg", cards.motif, name="card-motif"),
    path("cards/<uuid:public_id>/", cards.card, name="card"),
    path("cards/<uuid:public_id>/card.pdf", cards.pdf, name="card-pdf"),
    path("cards/<uuid:public_id>/<uuid:signing_id>/", cards.look_over, name="card-look-over"),
    path("me/care/", wishes.mine, name="my-likes"),
    path("me/likes/", wishes.likes, name="my-likes-before"),
    path("me/care/answer/", wishes.answer, name="my-care-answer"),
    path("me/care/children/", kin.children, name="my-children"),
    path("me/care/children/<uuid:public_id>/forget/", kin.forget, name="my-child-forget"),
    path("desk/care/", desk.listing, name="care-desk"),
    path("desk/care/new/", writing.new, name="care-new"),
    path("desk/care/quiet/", mutes.quiet, name="care-quiet"),
    path("desk/care/quiet/<uuid:public_id>/end/", mutes.end, name="care-quiet-end"),
    path("desk/care/dates/", terms.terms, name="care-terms"),
    path("desk/care/dates/<uuid:public_id>/strike/", terms.strike, name="care-term-strike"),
    path("desk/care/<slug:code>/", desk.one, name="care-programme"),
    path("desk/care/<slug:code>/rehearsal/", desk.rehearsal, name="care-rehearsal"),
    path("desk/care/<slug:code>/switch/", desk.switch, name="care-switch"),
    path("desk/care/<slug:code>/review/", desk.review, name="care-review"),
    path("desk/care/<slug:code>/draft/", writing.draft, name="care-draft"),
    path("desk/care/<slug:code>/draft/steps/", writing.add, name="care-step-add"),
    path("desk/care/<slug:code>/draft/steps/<int:position>/", writing.step, name="care-step"),
    path("desk/care/<slug:code>/draft/steps/<int:position>/move/", writing.move, name="care-step-move"),
]
