"""People and accounts on screen: HR and administrators add people and let them in, administrators give roles."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.grants.actions import grant_role, revoke_role
from kith.access.grants.roles import ADMINISTRATOR, ROLES
from kith.access.kiosks.queries import has_pin
from kith.access.logins.actions import deactivate_login, reactivate_login
from kith.access.logins.queries import login_of
from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.people.persons.by_name import cursor
from kith.people.persons.models import Person
from kith.people.ties.queries import placement
from kith.portal.members import actions, queries
from kith.portal.members.forms import PersonForm, RoleForm, first_of
from kith.portal.members.inviting import let_everybody_in
from kith.portal.members.queries import Filters
from kith.portal.shell.render import page
from kith.portal.signin.answers import form_page, go

keepers = has_role("administrator", "hr")
administrators = has_role("administrator")
PAGE = 50
KINDS = ("all", "roles", "outside")


@allow(keepers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List people with their account and roles."""
    at = clock.now()
    words, after = (request.GET.get(name, "")[:300].replace("\0", "") for name in ("q", "after"))
    kind = request.GET.get("kind", "all")
    wanted = Filters(words, kind if kind in KINDS else "all", after)
    found = list(queries.listed(roles=request.roles, wanted=wanted, at=at)[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "people": shown,
        "held": queries.roles_by_person(person_ids=[person.pk for person in shown], at=at),
        "roles": dict(ROLES.items()),
        "wanted": wanted,
        "after": cursor(shown[-1]) if len(found) > PAGE else "",
        "to_invite": queries.to_invite(day=at.date())[: queries.MOST_INVITED].count(),
    }
    return page(request, "portal/members/listing.html", context)


@allow(keepers)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Add one person; a PIN is shown this once."""
    at, may_give_roles = clock.now(), ADMINISTRATOR in request.roles
    template = "portal/members/new.html"
    context = {"may_give_roles": may_give_roles, "has_places": queries.open_units().exists(), "roles": ROLES.items()}
    if request.method != "POST":
        start = first_of(at.date(), language=request.person.language)
        return form_page(request, template, PersonForm(initial=start, may_give_roles=may_give_roles), context)
    form = PersonForm(request.POST, may_give_roles=may_give_roles)
    if not form.is_valid():
        return form_page(request, template, form, context)
    try:
        added = actions.add_person(new=form.made(), at=at, by=request.person)
    except Refusal as refusal:
        return form_page(request, template, form, context, refusal)
    if added.pin:
        return _one(request, added.person, at=at, pin=added.pin)
    said = _("%s is added, and a mail with a link is on its way.") if added.invited else _("%s is added.")
    messages.success(request, said % added.person.name)
    return go(reverse("member", args=[added.person.public_id]))


@allow(keepers)
@require_POST
def invite_all(request: PersonRequest) -> HttpResponse:
    """Let in everybody with a mailbox who has no account yet."""
    number = let_everybody_in(by=request.person)
    messages.success(request, _("%d people get a mail with a link to set a password.") % number)
    return go(reverse("members"))


def _person(request: PersonRequest, public_id: UUID) -> Person:
    person = queries.visible_to(roles=request.roles).filter(public_id=public_id).first()
    if person is None:
        raise NotFound(_("There is no such person."))
    return person


@allow(keepers, guards="person")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a person's account and roles."""
    return _one(request, _person(request, public_id), at=clock.now())


def _one(request: PersonRequest, person: Person, *, at: datetime, pin: str = "") -> HttpResponse:
    looked(person_ids=[person.pk], by_id=request.person.pk, what=What.PERSONNEL, at=at)
    login = login_of(person_id=person.pk)
    grants = list(queries.grants_of(person_id=person.pk, at=at))
    held = {grant.role for grant in grants if grant.unit_id is None}
    context: dict[str, Any] = {
        "person": person,
        "account": login,
        "has_pin": login is not None and has_pin(login_id=login.pk),
        "number": queries.number_of(person_id=person.pk, day=at.date()),
        "place": placement(person_id=person.pk, day=at.date()),
        "grants": grants,
        "roles": dict(ROLES.items()),
        "form": RoleForm(held=held) if held != set(ROLES.names()) else None,
        "may_give_roles": ADMINISTRATOR in request.roles,
        "is_me": person.pk == request.person.pk,
        "pin": pin,
    }
    return page(request, "portal/members/one.html", context)


@allow(keepers, guards="person")
@require_POST
def account(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let a person in, send the link again, or give a new PIN, which is shown this once."""
    person, at = _person(request, public_id), clock.now()
    what, pin = request.POST.get("do", ""), ""
    if what == "let-in":
        pin = actions.let_in(person=person, at=at, by=request.person).pin
    elif what == "invite":
        actions.send_invitation(person=person, at=at)
    elif what == "pin":
        pin = actions.give_pin(person=person, at=at, by=request.person)
    else:
        raise BadInput(_("There is no such thing to do with an account."), field="do")
    if pin:
        return _one(request, person, at=at, pin=pin)
    messages.success(request, _("A mail with a link is on its way to %s.") % person.name)
    return go(reverse("member", args=[person.public_id]))


@allow(administrators, guards="person")
@require_POST
def close(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Close a person's account, or open it again; nobody closes their own."""
    person, at = _person(request, public_id), clock.now()
    login = login_of(person_id=person.pk)
    if login is None:
        raise NotFound(_("There is no such account."))
    if person.pk == request.person.pk:
        raise Refusal(_("Nobody closes their own account; ask a colleague."))
    if login.active:
        deactivate_login(login=login, at=at, by_id=request.person.pk)
        messages.success(request, _("The account of %s is closed; they are signed out everywhere.") % person.name)
    else:
        reactivate_login(login=login, at=at, by_id=request.person.pk)
        messages.success(request, _("%s can sign in again.") % person.name)
    return go(reverse("member", args=[person.public_id]))


@allow(administrators, guards="person")
@require_POST
def give_role(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Give a person a role everywhere; nobody gives one to themselves."""
    person, role = _person(request, public_id), request.POST.get("role", "")
    grant_role(person=person, role=role, at=clock.now(), by_id=request.person.pk)
    said = {"name": person.name, "role": ROLES.get(role).label}
    messages.success(request, _("%(name)s now holds the role “%(role)s”.") % said)
    return go(reverse("member", args=[person.public_id]))


@allow(administrators, guards="person")
@require_POST
def take_role(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take a role that a person holds everywhere; the last administrator stays one."""
    person, role = _person(request, public_id), request.POST.get("role", "")
    if role not in ROLES:
        raise BadInput(_("There is no such role."), field="role")
    revoke_role(person=person, role=role, at=clock.now(), by_id=request.person.pk)
    said = {"name": person.name, "role": ROLES.get(role).label}
    messages.success(request, _("%(name)s no longer holds the role “%(role)s”.") % said)
    return go(reverse("member", args=[person.public_id]))
