"""Work on others' promises: the list, the wall of what is unanswered, and steering one of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, any_of, employee, has_role, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import BadInput, Refusal
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.portal.shell.render import page
from kith.promises.commitments import actions
from kith.promises.commitments.clocks import end_of_day
from kith.promises.commitments.forms import DoneForm, PassOnForm, ReasonForm, UntilForm
from kith.promises.commitments.kinds import KINDS
from kith.promises.commitments.listing import Tab, Wanted, counts, narrowed, one_page
from kith.promises.commitments.queries import OVERSEERS, visible_to
from kith.promises.commitments.showing import page_of, shown
from kith.promises.commitments.single import Single, of_reader, of_steerer
from kith.promises.commitments.units import unit_rows
from kith.promises.service import present_times, working_times

FIELDS = {"next_check_at": "until"}
staff = any_of(employee, has_role(*OVERSEERS))


def _wanted(request: PersonRequest) -> Wanted:
    """Return what the address asks for; what makes no sense is refused with a sentence."""
    given = request.GET
    try:
        tab = Tab(given.get("tab") or Tab.OPEN)
        unit_id = UUID(given["unit"]) if given.get("unit") else None
        after = UUID(given["after"]) if given.get("after") else None
    except ValueError as error:
        raise BadInput(_("This list has no such filter.")) from error
    kind = given.get("kind", "")
    if kind and kind not in KINDS:
        raise BadInput(_("This list has no such filter."), field="kind")
    unit = Unit.objects.filter(public_id=unit_id).first() if unit_id else None
    return Wanted(tab=tab, kind=kind, unit=unit, after=after)


@allow(staff)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List the promises I may see, by state, kind and unit."""
    at, wanted = clock.now(), _wanted(request)
    seen = narrowed(visible_to(person=request.person, roles=request.roles, at=at), wanted, at=at)
    rows, last = one_page(seen, wanted, at=at)
    labels = {
        Tab.OVERDUE: _("Overdue"), Tab.OPEN: _("Open"), Tab.PAUSED: _("Paused"), Tab.SETTLED: _("Settled"),
    }  # fmt: skip
    numbers = counts(seen, at=at)
    context = {
        "now": at,
        "makes": request.employed,
        "rows": shown(rows, person_id=request.person.pk, at=at),
        "tabs": [(tab.value, labels[tab], wanted.address(tab=tab.value), numbers[tab.value]) for tab in Tab],
        "wanted": wanted,
        "kinds": [("", _("Every kind")), *((code, kind.label) for code, kind in KINDS.items())],
        "next_url": wanted.address(after=str(last.public_id)) if last else "",
    }
    return page(request, "promises/commitments/list.html", context)


@allow(staff)
@require_safe
def wall(request: PersonRequest) -> HttpResponse:
    """Show to everybody of the house which unit lets people wait for how long, and how each keeps what it promised."""
    return page(request, "promises/commitments/wall.html", {"rows": unit_rows(at=clock.now())})


def _page(
    request: PersonRequest, single: Single, *, filled: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of a promise; `filled` is a form that was refused."""
    made: dict[str, forms.Form] = {}
    if single.may_steer:
        made = {
            "pass_on": PassOnForm(candidates=single.candidates(), prefix="pass-on"),
            "extend": UntilForm(prefix="extend"),
            "pause": UntilForm(prefix="pause"),
            "withdraw": ReasonForm(prefix="withdraw"),
        }
    if filled is not None and filled.prefix:
        made[filled.prefix.replace("-", "_")] = filled
    keeps = DoneForm() if single.may_keep(person_id=request.person.pk) else None
    context = {**single.context(), "forms": made, "keeps": keeps}
    return page(request, "promises/commitments/one.html", context, status=status)


@allow(signed_in, guards="promise")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show where a promise stands, what happened to it, and to those who may steer it how."""
    return _page(request, of_reader(request, public_id=public_id, at=clock.now()))


def _steer(
    request: PersonRequest, public_id: UUID, form: Callable[[Single], forms.Form], act: Callable[[Single, Any], str]
) -> HttpResponse:
    """Do one thing with a promise, and show the page again: the sentence of what was done, or the form refused."""
    single = of_steerer(request, public_id=public_id, at=clock.now())
    filled = form(single)
    if filled.is_valid():
        try:
            messages.success(request, act(single, filled))
        except Refusal as refusal:
            field = FIELDS.get(refusal.field, refusal.field)
            if field not in filled.fields:
                raise
            filled.add_error(field, refusal.sentence)
        else:
            return HttpResponseRedirect(page_of(single.promise), status=303)
    return _page(request, single, filled=filled, status=422)


@allow(staff, guards="promise")
@require_POST
def pass_on(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Hand a promise to another person."""

    def act(single: Single, form: PassOnForm) -> str:
        person: Person = form.cleaned_data["person"]
        actions.pass_on(
            single.promise, to=person, reason=form.cleaned_data["reason"], at=single.at, by_id=request.person.pk
        )
        return _("%s owns it now.") % person.name

    return _steer(
        request,
        public_id,
        lambda single: PassOnForm(request.POST, candidates=single.candidates(), prefix="pass-on"),
        act,
    )


@allow(staff, guards="promise")
@require_POST
def extend(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let a promise take longer, until the end of a working day."""

    def act(single: Single, form: UntilForm) -> str:
        owner = single.promise.accountable_id
        until = end_of_day(working_times(person_ids=[owner], at=single.at)[owner], form.day)
        actions.extend(
            single.promise, until=until, reason=form.cleaned_data["reason"], at=single.at, by_id=request.person.pk
        )
        return _("It has a new due time, and whoever waits can read why.")

    return _steer(request, public_id, lambda _single: UntilForm(request.POST, prefix="extend"), act)


@allow(staff, guards="promise")
@require_POST
def pause(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Stop the clock of a promise until a day on which somebody looks again."""

    def act(single: Single, form: UntilForm) -> str:
        owner = single.promise.accountable_id
        until = end_of_day(present_times(person_ids=[owner], at=single.at)[owner], form.day)
        actions.pause(
            single.promise,
            next_check_at=until,
            reason=form.cleaned_data["reason"],
            at=single.at,
            by_id=request.person.pk,
        )
        return _("The clock stands still until then.")

    return _steer(request, public_id, lambda _single: UntilForm(request.POST, prefix="pause"), act)


@allow(staff, guards="promise")
@require_POST
def resume(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let the clock of a paused promise go on."""
    single = of_steerer(request, public_id=public_id, at=clock.now())
    actions.resume(single.promise, at=single.at, by_id=request.person.pk)
    messages.success(request, _("The clock goes on."))
    return HttpResponseRedirect(page_of(single.promise), status=303)


@allow(staff, guards="promise")
@require_POST
def withdraw(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let something no longer be owed."""

    def act(single: Single, form: ReasonForm) -> str:
        actions.withdraw(single.promise, reason=form.cleaned_data["reason"], at=single.at, by_id=request.person.pk)
        return _("It is no longer owed.")

    return _steer(request, public_id, lambda _single: ReasonForm(request.POST, prefix="withdraw"), act)
