"""The signed link by which somebody without a login chooses a gift and says where it goes."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from kith.access.logins.models import Login
from kith.access.requests import Request
from kith.access.tokens import actions as tokens
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES
from kith.care.offers import actions, queries
from kith.care.offers.models import GiftOffer
from kith.care.offers.showing import offer_context
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.portal.shell.render import page

CHOOSE_GIFT = "choose-gift"
HERE = "/gifts/"


def choice_link(*, run_id: int, person: Person) -> str:
    """Return where somebody chooses what a run offers them: a signed link of their own where they have no login."""
    if not person.mailbox or Login.objects.filter(person_id=person.pk, active=True).exists():
        return HERE
    offer = GiftOffer.objects.filter(run_id=run_id, person=person, chosen_at=None).first()
    if offer is None:
        return HERE
    subject = Subject(queries.KIND, offer.pk)
    token = tokens.issue(purpose=CHOOSE_GIFT, person_id=person.pk, expires_at=offer.until, subject=subject)
    return f"/t/{token}/"


def _offer(token: OneTimeToken) -> GiftOffer:
    found = queries.visible_to(person_id=token.person_id or 0).filter(pk=Subject.parse(token.subject).id).first()
    if found is None:
        raise NotFound(_("There is no such offer for you."))
    return found


class ChooseGift:
    """Shows what may be chosen, and takes the choice and the address."""

    def show(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Show the choice; change nothing."""
        return page(request, "care/offers/linked.html", offer_context(_offer(token), at=clock.now()))

    def act(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Take the choice; with a wrong one the link stays good."""
        found, at = _offer(token), clock.now()
        giver, _bar, key = request.POST.get("gift", "").partition("|")
        given = request.POST.get("ship_to", "")
        try:
            chosen = actions.choose(offer=found, giver=giver, key=key, ship_to=given, at=at)
        except Refusal as refusal:
            context = offer_context(found, at=at, ship_to=given, error=refusal.sentence)
            return page(request, "care/offers/linked.html", context, status=422)
        return page(request, "care/offers/linked.html", offer_context(chosen, at=at))


PURPOSES.put(CHOOSE_GIFT, ChooseGift())
