"""How a person is reached, at the desk: ways, what they said, why the last messages came; mailboxes out of reach."""

import re
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound
from kith.messaging.bounces.queries import reports_of
from kith.messaging.consents import queries as consents
from kith.messaging.deliveries.models import Message
from kith.messaging.deliveries.rendering import render
from kith.messaging.nudges.models import Nudge
from kith.messaging.nudges.queries import devices_of, newest, number_of
from kith.messaging.nudges.sms import is_real
from kith.messaging.outbox.rules import readers, without_keys
from kith.messaging.reaching import explaining, queries
from kith.messaging.reaching.people import found_people, person_of
from kith.messaging.suppressions.actions import release
from kith.messaging.suppressions.queries import active, suppression_of
from kith.people.persons.queries import by_ids
from kith.people.ties.queries import is_employee
from kith.portal.shell.render import page

LISTED = 100
CODE = re.compile(r"\b\d{6}\b")


def nudge_text(nudge: Nudge) -> str:
    """Return what a desk may read of a nudge: links that act, and codes, are cut outside of a demo."""
    words = without_keys(nudge.text)
    return words if nudge.delivery_id is not None or settings.KITH_DEMO else CODE.sub("……", words)


@allow(readers)
@require_safe
def unreachable(request: PersonRequest) -> HttpResponse:
    """List the addresses that get no mail, with the reason."""
    rows = list(active(at=clock.now())[:LISTED])
    people = by_ids(ids={row.person_id for row in rows if row.person_id is not None})
    context = {"rows": [(row, people.get(row.person_id or 0)) for row in rows], "reasons": queries.REASONS}
    return page(request, "messaging/reaching/unreachable.html", context)


@allow(readers)
@require_POST
def released(request: PersonRequest) -> HttpResponse:
    """Let mail go to an address again."""
    number = whole(request.POST.get("entry", "")) or 0
    row = release(suppression_id=number, by_id=request.person.pk, at=clock.now())
    messages.success(request, _("Mail goes to %(address)s again.") % {"address": row.address})
    return HttpResponseRedirect(reverse("unreachable"))


@allow(readers)
@require_safe
def sent_messages(request: PersonRequest) -> HttpResponse:
    """List messages to many or few, newest first; a search by person leads to how they are reached."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    language = get_language() or "en"
    rows = [(row, render(row, language=language).title) for row in queries.newest(limit=LISTED)]
    context = {"rows": rows, "words": words, "found": found_people(words), "classes": consents.CLASSES}
    return page(request, "messaging/reaching/messages.html", context)


@allow(readers, guards="message")
@require_safe
def one_message(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show what became of a message, by channel and reason; for one person, why they got it or why not."""
    message = Message.objects.filter(public_id=public_id).first()
    if message is None:
        raise NotFound(_("There is no such message."))
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    given, at = request.GET.get("person", ""), clock.now()
    person = person_of(given) if given else None
    if person is not None:
        looked(person_ids=[person.pk], by_id=request.person.pk, what=What.PERSONNEL, at=at)
    context = {
        "message": message,
        "text": render(message, language=get_language() or "en"),
        "counts": queries.counts_of(message),
        "classes": consents.CLASSES,
        "words": words,
        "found": found_people(words),
        "person": person,
        "why": explaining.explain(message=message, person=person, at=at) if person else None,
    }
    return page(request, "messaging/reaching/message.html", context)


@allow(readers)
@require_safe
def nudges(request: PersonRequest) -> HttpResponse:
    """List pushes and SMS, newest first, with what became of them; codes are cut outside of a demo."""
    rows = list(newest(limit=LISTED))
    people = by_ids(ids={row.person_id for row in rows})
    shown = [(row, people.get(row.person_id), nudge_text(row)) for row in rows]
    return page(request, "messaging/reaching/nudges.html", {"rows": shown, "sms_kept": not is_real()})


@allow(readers, guards="person")
@require_safe
def one_person(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show how a person is reached: mailbox, hours, what they said with its proof, and why the last messages came."""
    person, at = person_of(str(public_id)), clock.now()
    looked(person_ids=[person.pk], by_id=request.person.pk, what=What.PERSONNEL, at=at)
    employed = is_employee(person_id=person.pk, day=at.date())
    context = {
        "person": person,
        "lost": suppression_of(address=person.mailbox, at=at),
        "reasons": queries.REASONS,
        "reports": reports_of(person_id=person.pk, limit=10),
        "reach": consents.reach_of(person_id=person.pk),
        "digests": consents.digests_of(person_id=person.pk),
        "wants": consents.wants(person_id=person.pk, employed=employed),
        "devices": devices_of(person_id=person.pk),
        "number": number_of(person_id=person.pk),
        "entries": consents.entries_of(person_id=person.pk),
        "came": queries.came_to(person_id=person.pk, language=get_language() or "en", limit=20),
        "classes": consents.CLASSES,
    }
    return page(request, "messaging/reaching/person.html", context)
