"""Cards: those I may sign or keep, and those that were given to me."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.care.cards import actions, queries
from kith.care.cards.drawing import NAMES, drawn
from kith.care.cards.forms import BeginForm, SignForm
from kith.care.cards.models import GroupCard
from kith.care.cards.printing import pdf_of, title_of
from kith.kernel import clock
from kith.kernel.clock import local_date
from kith.kernel.refusals import NotFound, Refusal
from kith.people.ties.queries import colleagues
from kith.portal.shell.render import page

SHOWN = 50
MOST_COLLEAGUES = 300


def _card(request: PersonRequest, public_id: UUID) -> GroupCard:
    """Return a card that whoever asks may see now; to whom it is for, there is none before its hour."""
    found = queries.visible_to(person_id=request.person.pk).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such card for you."))
    return found


def _motifs() -> list[tuple[str, str, str, str]]:
    """Return the pictures to choose from: value, name, nothing more to say, address."""
    drawn_ones = [(name, str(label), "", reverse("card-motif", args=[name])) for name, label in NAMES.items()]
    return [("", _("none"), "", ""), *drawn_ones]


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: PersonRequest) -> HttpResponse:
    """List my cards; a POST begins one for a colleague."""
    at = clock.now()
    mates = colleagues(person_id=request.person.pk, day=local_date(at, request.person.zone))[:MOST_COLLEAGUES]
    form = BeginForm(request.POST or None, colleagues=list(mates))
    if request.method == "POST" and form.is_valid():
        try:
            card = actions.begin(person=form.chosen, kind=form.cleaned_data["kind"], organizer=request.person, at=at)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("card", args=[card.public_id]))
    context = {"cards": list(queries.visible_to(person_id=request.person.pk)[:SHOWN]), "form": form}
    return page(request, "care/cards/cards.html", context, status=422 if form.errors else 200)


@allow(signed_in, guards="card")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a card; a POST signs it."""
    found = _card(request, public_id)
    own = queries.signing_of(found, person_id=request.person.pk)
    known = {"words": own.words, "motif": own.motif} if own else {}
    form = SignForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        if own is None:
            raise NotFound(_("There is no such card for you."))
        try:
            actions.sign(signing=own, **form.cleaned_data, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Your words are on the card."))
            return HttpResponseRedirect(request.path)
    keeps = found.organizer_id == request.person.pk
    context = {
        "card": found, "title": title_of(found), "own": own, "form": form, "keeps": keeps,
        "mine": found.person_id == request.person.pk, "names": NAMES, "motifs": _motifs(),
        "signings": queries.signings_of(found, hidden=keeps and found.delivered_at is None),
    }  # fmt: skip
    return page(request, "care/cards/card.html", context, status=422 if form.errors else 200)


@allow(signed_in, guards="card")
@require_POST
def look_over(request: PersonRequest, public_id: UUID, signing_id: UUID) -> HttpResponse:
    """Take somebody's words out, or put them back."""
    found = _card(request, public_id)
    signing = found.signings.filter(public_id=signing_id).first()
    if signing is None:
        raise NotFound(_("There is no such card for you."))
    actions.hide(signing=signing, by=request.person, hidden="hide" in request.POST, at=clock.now())
    return HttpResponseRedirect(reverse("card", args=[found.public_id]))


@allow(signed_in, guards="card")
@require_safe
def pdf(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Give a card to keep, once it was handed over."""
    found = _card(request, public_id)
    if found.delivered_at is None:
        raise NotFound(_("The card can be kept once it was handed over."))
    response = HttpResponse(pdf_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="card-{found.day.isoformat()}.pdf"'
    return response


@allow(signed_in)
@require_safe
def motif(request: PersonRequest, name: str) -> HttpResponse:
    """Draw a picture for cards."""
    del request
    if name not in NAMES:
        raise NotFound(_("There is no such picture."))
    response = HttpResponse(drawn(name, str(NAMES[name])), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'none'"
    return response
