"""Mine: beginning conversations, who is in one, how I want to talk, and what became of reports."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, employee, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.messaging.conversations import actions, queries, shown
from kith.messaging.conversations.asking import asked, standing_of
from kith.messaging.conversations.forms import NOTIFY, AddForm, AskForm, EditForm, GroupForm, ReportForm, RosterForm
from kith.messaging.conversations.models import Conversation, Kind, PostKind
from kith.messaging.conversations.rules import STARTERS, Standing, may_lead, may_leave
from kith.messaging.conversations.shelves import DESKS
from kith.messaging.conversations.starting import new_key
from kith.people.segments.attributes import ATTRIBUTES
from kith.portal.shell.render import fragment, page

CHOICES = 200
MOST = 200


def _to(conversation: Conversation) -> HttpResponse:
    return HttpResponseRedirect(reverse("conversation", args=[conversation.public_id]), status=303)


def _desks(standing: Standing) -> list[tuple[str, Any]]:
    return [
        (code, desk.label)
        for code, desk in DESKS.items()
        if (standing.employed or desk.customers) and code not in standing.desks
    ]


def _forms(request: PersonRequest, standing: Standing) -> dict[str, forms.Form]:
    """Return the forms somebody may fill, the one that was sent bound."""
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    made: dict[str, forms.Form] = {
        "ask": AskForm(
            request.POST if sent == "ask" else None, desks=_desks(standing), initial={"key": new_key()}, prefix="ask"
        )
    }
    if standing.employed:
        made["group"] = GroupForm(request.POST if sent == "group" else None, prefix="group")
        if standing.manages or standing.roles & STARTERS:
            units, shifts = (
                [(one.value, one.label) for one in ATTRIBUTES.get(name).choices("", CHOICES)]
                for name in ("unit", "shift")
            )
            made["roster"] = RosterForm(
                request.POST if sent == "roster" else None, units=units, shifts=shifts, prefix="roster"
            )
    return made


def _begin(what: str, form: Any, standing: Standing) -> Conversation:
    at, given = clock.now(), form.cleaned_data
    if what == "ask":
        words = actions.Words(given["text"], key=given["key"])
        return actions.ask(by=standing, desk=given["desk"], title=given["title"], words=words, at=at).conversation
    if what == "group":
        return actions.group(by=standing, title=given["title"], people=given["people"], at=at)
    return actions.roster(by=standing, title=given["title"], rule=form.rule(), at=at)


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Begin a conversation: with a colleague, a group, a unit or shift, a function."""
    standing = standing_of(request)
    made, status = _forms(request, standing), 200
    what = request.POST.get("what", "")
    if request.method == "POST":
        form, status = made.get(what), 422
        if form is None:
            raise BadInput(_("Choose with whom you want to talk."), field="what")
        if form.is_valid():
            try:
                return _to(_begin(what, form, standing))
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    words = request.GET.get("q", "").replace("\0", "")[:60]
    found = []
    if standing.employed and words.strip():
        found = queries.colleagues(words=fold(words), day=clock.now(), but=standing.person.pk, limit=20)
    context = {"forms": made, "words": words, "found": found, "employed": standing.employed}
    if request.headers.get("HX-Request") and request.method == "GET":
        return fragment(request, "messaging/conversations/new.html", "found", context)
    return page(request, "messaging/conversations/new.html", context, status=status)


@allow(employee, guards="person")
@require_POST
def write_to(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Begin to write to a colleague, or go on."""
    standing, at = standing_of(request), clock.now()
    other = queries.colleague(public_id=public_id, day=at)
    return _to(actions.with_colleague(by=standing, other=other, at=at))


@allow(signed_in, guards="conversation")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show who is in a conversation and how I follow it; whoever leads a group adds colleagues."""
    found = asked(request, public_id)
    talk, person = found.conversation, found.standing.person
    leads, status = may_lead(found.member, talk), 200
    form = AddForm(request.POST or None) if leads else None
    if request.method == "POST":
        status = 422
        if form is None:
            raise NotFound(_("There is no such conversation."))
        if form.is_valid():
            actions.add(conversation=talk, by=found.standing, people=form.cleaned_data["people"], at=found.at)
            return HttpResponseRedirect(request.path, status=303)
    shared = talk.kind in {Kind.GROUP, Kind.ROSTER}
    direct = talk.kind == Kind.DIRECT
    other = queries.others_in(conversation_ids=[talk.pk], person_id=person.pk).get(talk.pk) if direct else None
    blocks = queries.blocks_between(one=person.pk, other=other.pk) if other is not None else []
    members = list(queries.members_of(talk)[: MOST + 1]) if shared else []
    context = {
        "current": talk, "member": found.member, "members": members[:MOST], "more": len(members) > MOST,
        "leads": leads, "form": form, "notify": NOTIFY, "me": person, "other": other, "leaves": may_leave(talk),
        "blocked": any(each.person_id == person.pk for each in blocks), "name_of": shown.name_of,
        "name": shown.title_of(talk, other=other, person_id=person.pk),
    }  # fmt: skip
    return page(request, "messaging/conversations/settings.html", context, status=status)


@allow(signed_in, guards="conversation")
@require_POST
def change(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Change how I follow a conversation, leave it, rename it, or take somebody out; block or unblock a colleague."""
    found = asked(request, public_id)
    what, talk = request.POST.get("what", ""), found.conversation
    if what == "leave":
        actions.leave(conversation=talk, standing=found.standing, at=found.at)
        return HttpResponseRedirect(reverse("conversations"), status=303)
    if what == "notify" and found.member is not None:
        actions.notify(member=found.member, what=request.POST.get("notify", ""))
    elif what == "rename":
        actions.rename(conversation=talk, by=found.standing, title=request.POST.get("title", ""), at=found.at)
    elif what == "remove":
        person = queries.member_named(talk, public_id=request.POST.get("person", ""))
        actions.remove(conversation=talk, by=found.standing, person=person, at=found.at)
    elif what in {"block", "unblock"} and talk.kind == Kind.DIRECT:
        other = queries.others_in(conversation_ids=[talk.pk], person_id=found.standing.person.pk)[talk.pk]
        if what == "block":
            actions.block(person=found.standing.person, other=other, at=found.at)
        else:
            actions.unblock(person=found.standing.person, other_id=other.pk)
    else:
        raise BadInput(_("Choose what you want to change."), field="what")
    return HttpResponseRedirect(reverse("conversation-settings", args=[talk.public_id]), status=303)


@allow(signed_in, guards="conversation")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, public_id: UUID, seq: int) -> HttpResponse:
    """Change my own words; who reads them can see what they were."""
    found = asked(request, public_id)
    post = queries.post_of(found.conversation, since=found.since, seq=seq)
    if post.author_id != found.standing.person.pk or post.kind != PostKind.WORDS:
        raise NotFound(_("There is no such message."))
    form = EditForm(request.POST or None, initial={"text": post.text})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        actions.edit(conversation=found.conversation, standing=found.standing, seq=seq, text=text, at=found.at)
        return _to(found.conversation)
    context = {"form": form, "current": found.conversation, "post": post}
    status = 422 if request.method == "POST" else 200
    return page(request, "messaging/conversations/edit.html", context, status=status)


@allow(signed_in, guards="conversation")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PersonRequest, public_id: UUID, seq: int) -> HttpResponse:
    """Say that a message should not stand; a moderator decides."""
    found = asked(request, public_id)
    post = queries.post_of(found.conversation, since=found.since, seq=seq)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report(post=post, by=found.standing, reason=form.cleaned_data["reason"], at=found.at)
        return HttpResponseRedirect(reverse("moderation-log"), status=303)
    context = {"form": form, "current": found.conversation, "post": post, "name": shown.name_of(post.author)}
    status = 422 if request.method == "POST" else 200
    return page(request, "messaging/conversations/report.html", context, status=status)


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def manners(request: PersonRequest) -> HttpResponse:
    """Choose whether others see what I read (and I what they read), and see whom I block."""
    person = request.person
    if request.method == "POST":
        actions.show_reading(person=person, shows="shows" in request.POST)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path, status=303)
    context = {
        "shows": queries.shows_reading(person_id=person.pk), "blocks": queries.blocked_by(person_id=person.pk),
        "keeping": queries.keeping(), "name_of": shown.name_of,
    }  # fmt: skip
    return page(request, "messaging/conversations/manners.html", context)


@allow(signed_in)
@require_safe
def moderation_log(request: PersonRequest) -> HttpResponse:
    """Show what I reported, and what was decided on it and on messages of mine."""
    found = queries.reports_concerning(person_id=request.person.pk)[:CHOICES]
    context = {"reports": found, "me": request.person, "name_of": shown.name_of}
    return page(request, "messaging/conversations/log.html", context)
