"""The page behind a mail's link: GET shows and changes nothing, POST acts, a repeat says when it was done."""

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.kernel import clock
from kith.kernel.languages import django_code
from kith.kernel.refusals import NotFound, Refusal
from kith.messaging.consents.actions import say
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.answering import acknowledge, said
from kith.messaging.deliveries.changes import changed_since
from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.models import ANSWERED, Delivery
from kith.messaging.deliveries.rendering import render, renderings
from kith.messaging.links import tokens
from kith.people.persons.models import Person
from kith.portal.shell.render import page


@allow(anyone)
@csrf_exempt  # the signed address is the proof; RFC 8058 asks for a POST without cookies
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: Request, token: str) -> HttpResponse:
    """Open a mail's link."""
    at = clock.now()
    link = tokens.read(token, at=at)
    delivery = Delivery.objects.filter(pk=link.delivery_id, person_id=link.person_id).select_related("message").first()
    person = Person.objects.filter(pk=link.person_id, deactivated_at=None).first()
    if delivery is None or person is None:
        raise NotFound(_("This link does not work any more."))
    with translation.override(django_code(person.language)):
        if link.purpose == tokens.UNSUBSCRIBE:
            return _unsubscribe(request, delivery, person)
        return _acknowledge(request, delivery, person, link.sha256)


def _acknowledge(request: Request, delivery: Delivery, person: Person, sha256: str) -> HttpResponse:
    error = ""
    if request.method == "POST":
        seen = request.POST.get("seen", sha256)
        try:
            delivery = acknowledge(
                delivery_id=delivery.pk,
                person_id=person.pk,
                seen_sha256=seen,
                at=clock.now(),
                via="mail",
                says=said(answer=request.POST.get("answer", ""), declined=request.POST.get("declined")),
            )
        except Refusal as refusal:
            error = refusal.sentence
    text = renderings(delivery.message).get(sha256) or render(delivery.message, language=person.language)
    context = {
        "text": text,
        "delivery": delivery,
        "changed": changed_since(delivery, text),
        "name": person.name,
        "answered": delivery.state in ANSWERED,
        "error": error,
    }
    return page(request, "messaging/links/acknowledge.html", context, status=409 if error else 200)


def _unsubscribe(request: Request, delivery: Delivery, person: Person) -> HttpResponse:
    wanted = delivery.message.message_class
    if request.method == "POST" and wanted in REFUSABLE:
        say(person_id=person.pk, message_class=wanted, given=False, source="mail", at=clock.now())
    refused_at = (
        Consent.objects.filter(person=person, message_class=wanted, given=False).values_list("at", flat=True).first()
    )
    return page(request, "messaging/links/unsubscribe.html", {"refused_at": refused_at, "name": person.name})
