"""Mine: what I owe, and what is owed to me; I promise, I ask for a promise, I say that it is done."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, employee, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.subjects import Described, Subject
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.portal.shell.render import page
from kith.promises.commitments import by_hand
from kith.promises.commitments.forms import AskForm, DoneForm, OweForm, WishForm
from kith.promises.commitments.models import Promise
from kith.promises.commitments.naming import named
from kith.promises.commitments.queries import escalated_to, owed_by, owed_to, visible_to
from kith.promises.commitments.showing import awaited, owed_lines, page_of, shown
from kith.promises.debts import debts_of

SHOWN = 200
KNOWN: dict[str, type[Person | Unit]] = {"person": Person, "unit": Unit}


@allow(signed_in)
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Show what I owe, soonest due first, what was escalated to me, and what I wait for."""
    at, person_id = clock.now(), request.person.pk
    owed = shown(owed_by(person_id=person_id)[:SHOWN], person_id=person_id, at=at)
    context = {
        "now": at,
        "makes": request.employed,
        "owed": owed_lines(owed, debts_of(person_id=person_id, at=at)),
        "helping": shown(escalated_to(person_id=person_id)[:SHOWN], person_id=person_id, at=at),
        "awaited": awaited(owed_to(person_id=person_id)[:SHOWN], person_id=person_id, at=at),
    }
    return page(request, "promises/commitments/mine.html", context)


@dataclass(frozen=True)
class Matter:
    """What the page was opened from: the subject an address names, and who it is where it is a person or a unit."""

    name: str = ""
    subject: Subject | None = None
    described: Described | None = None
    who: Person | Unit | None = None


def _matter(request: PersonRequest) -> Matter:
    name = (request.POST if request.method == "POST" else request.GET).get("about", "")
    if not name:
        return Matter()
    subject, described = named(name, person_id=request.person.pk)
    who = KNOWN[subject.kind].objects.get(pk=subject.id) if subject.kind in KNOWN else None
    return Matter(name=name, subject=subject, described=described, who=who)


def _refused(form: forms.Form, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def _wish(form: WishForm, matter: Matter) -> by_hand.Wish:
    given = form.cleaned_data
    return by_hand.Wish(kind=given["kind"], words=given["words"], about=matter.subject, due_on=given["due_on"])


def _made(request: PersonRequest, promise: Promise, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(page_of(promise), status=303)


def _form(request: PersonRequest, form: WishForm, matter: Matter, words: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "matter": matter, **words}
    return page(request, "promises/commitments/new.html", context, status=422 if form.errors else 200)


@allow(employee)
@require_http_methods(["GET", "HEAD", "POST"])
def owe(request: PersonRequest) -> HttpResponse:
    """Promise something to somebody: I owe you."""
    matter, at = _matter(request), clock.now()
    known = matter.who if isinstance(matter.who, Person) else None
    form = OweForm(request.POST if request.method == "POST" else None, known=known)
    if form.is_valid():
        try:
            made = by_hand.owe(owner=request.person, to=form.person, wish=_wish(form, matter), at=at)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            return _made(request, made, _("You promised it. %s reads it with you.") % form.person.name)
    words = {
        "title": _("I owe you something"),
        "lead": _("Give your word: whoever waits sees it, and Kith reminds you in time."),
        "act": _("Promise it"),
        "other": ("promise-ask", _("Ask for a promise instead")),
    }
    return _form(request, form, matter, words)


@allow(employee)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest) -> HttpResponse:
    """Ask a person or a unit to owe me something."""
    matter, at = _matter(request), clock.now()
    form = AskForm(request.POST if request.method == "POST" else None, known=matter.who)
    if form.is_valid():
        try:
            made = by_hand.ask(waiting=request.person, of=form.asked, wish=_wish(form, matter), at=at)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            owner = made.owner.name if made.owner else ""
            return _made(request, made, _("%s owes it to you now, and was told.") % owner)
    words = {
        "title": _("Ask for a promise"),
        "lead": _("Whoever you ask owes you an answer until the day you name; what is late climbs by itself."),
        "act": _("Ask"),
        "other": ("promise-owe", _("Promise something yourself")),
    }
    return _form(request, form, matter, words)


@allow(signed_in, guards="promise")
@require_POST
def done(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Say that a promise made by hand was kept, and how."""
    at = clock.now()
    found = visible_to(person=request.person, roles=request.roles, at=at).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such promise."))
    form = DoneForm(request.POST)
    proof = form.cleaned_data["proof"] if form.is_valid() else ""
    by_hand.done(found, proof=proof, at=at, by_id=request.person.pk)
    return _made(request, found, _("Kept. Thank you."))
