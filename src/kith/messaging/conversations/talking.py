"""The conversation itself: the list of mine, reading one, writing in it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock, store
from kith.kernel.folding import fold
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput, NotFound
from kith.kernel.uploads import MOST_BYTES, FileKind, Made, make
from kith.messaging.conversations import actions, filing, queries, shown
from kith.messaging.conversations.asking import Asked, asked, number, standing_of
from kith.messaging.conversations.finding import found_people
from kith.messaging.conversations.models import Conversation, Kind
from kith.messaging.conversations.reading import opened
from kith.messaging.conversations.rules import LONGEST
from kith.messaging.conversations.starting import new_key
from kith.portal.shell.files import attached
from kith.portal.shell.render import fragment, page

PAGE = 50
_TEMPLATE = "messaging/conversations/talk.html"


def _to(conversation: Conversation) -> HttpResponse:
    return HttpResponseRedirect(reverse("conversation", args=[conversation.public_id]), status=303)


def _listing(request: PersonRequest) -> dict[str, Any]:
    standing, given = standing_of(request), request.GET.get("from", "")
    before = None
    if given:
        try:
            before = queries.visible_to(standing).filter(public_id=UUID(given)).first()
        except ValueError:
            before = None
    rows, following = shown.rows(standing, before=before, at=clock.now())
    return {
        "rows": rows, "older_url": f"{reverse('conversations')}?from={following.public_id}" if following else "",
        "current": None, "asked": None, "desks": sorted(standing.desks), "employed": standing.employed,
    }  # fmt: skip


@allow(signed_in)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List my conversations, the last active first."""
    if request.headers.get("HX-Request"):
        return fragment(request, _TEMPLATE, "rows", _listing(request))
    return page(request, _TEMPLATE, _listing(request))


def _thread(request: PersonRequest, one: Asked) -> dict[str, Any]:
    """Return what a conversation shows: a page of posts, the newest or those around a number, oldest first."""
    before, at = number(request, "before"), number(request, "at")
    found = queries.posts_of(one.conversation, since=one.since)
    if at is not None:
        before = at + PAGE // 2
    topic = request.GET.get("topic", "")[:80]
    if topic:
        found = found.filter(topic__folded=fold(topic))
    found = found.filter(seq__lt=before) if before is not None else found
    some = list(found[: PAGE + 1])
    posts = shown.posts(list(reversed(some[:PAGE])), standing=one.standing, at=one.at)
    more = f"?before={some[PAGE - 1].seq}" + (f"&topic={topic}" if topic else "") if len(some) > PAGE else ""
    return {"posts": posts, "earlier_url": more, "newest": before is None and not topic, "topic": topic, "at": at}


@allow(signed_in, guards="conversation")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a conversation; what it shows counts as read."""
    found = asked(request, public_id)
    thread = _thread(request, found)
    seen = thread["posts"][-1].post.seq if thread["posts"] else 0
    opened(found, seq=seen)
    context = _listing(request) | thread | _frame(found)
    context["read_by"] = shown.read_by(thread["posts"], found.conversation, standing=found.standing)
    return page(request, _TEMPLATE, context)


def _frame(found: Asked) -> dict[str, Any]:
    """Return what stands around the posts: name, topics, what one may do, a fresh key for the next post."""
    talk, person_id = found.conversation, found.standing.person.pk
    direct = talk.kind == Kind.DIRECT
    other = queries.others_in(conversation_ids=[talk.pk], person_id=person_id).get(talk.pk) if direct else None
    shared = talk.kind in {Kind.GROUP, Kind.ROSTER}
    return {
        "current": talk, "asked": found, "other": other, "shared": shared,
        "name": shown.title_of(talk, other=other, person_id=person_id),
        "number": queries.members_of(talk).count() if shared else 2,
        "topics": queries.topics_of(talk) if shared else [], "key": new_key(), "most": LONGEST,
    }  # fmt: skip


@allow(signed_in, guards="conversation")
@require_safe
def posts(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Answer what a page lacks that knows the changes up to `rev` (or the posts up to `after`); seen with `read`."""
    found = asked(request, public_id)
    after, rev = number(request, "after") or 0, number(request, "rev")
    rows = queries.changed_posts(found.conversation, since=found.since, after=after, rev=rev, size=PAGE + 1)
    some = rows[:PAGE]
    if "read" in request.GET and some:
        opened(found, seq=max(row.seq for row in some))
    made = shown.posts(some, standing=found.standing, at=found.at)
    context = {
        "posts": made, "current": found.conversation, "more": len(rows) > PAGE, "asked": found,
        "rev": max([rev or 0, *(row.rev for row in some)]),
        "read_by": shown.read_by(made, found.conversation, standing=found.standing),
    }  # fmt: skip
    return fragment(request, "messaging/conversations/posts.html", "posts", context)


def _files(request: PersonRequest) -> list[Made]:
    given = request.FILES.getlist("file")
    if len(given) > filing.MOST:
        raise BadInput(_("A message carries at most five files."), field="file")
    return [make(each.read(MOST_BYTES + 1), name=each.name or "") for each in given]


def _key(request: PersonRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise BadInput(_("Load the page again, then send."), field="key") from None


@allow(signed_in, guards="conversation")
@require_POST
def say(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Write in a conversation; with `handover`, leave a note for the next shift. Sent twice it is one message."""
    found = asked(request, public_id)
    words = actions.Words(
        request.POST.get("text", ""), key=_key(request), topic=request.POST.get("topic", "")[:200],
        files=_files(request),
    )  # fmt: skip
    if "handover" in request.POST:
        people, unknown = found_people(request.POST.get("lead", ""))
        if unknown:
            raise BadInput(_("Nobody (or more than one) is found by “%(word)s”.") % {"word": unknown}, field="lead")
        lead = people[0] if people else None
        actions.hand_over(conversation=found.conversation, standing=found.standing, words=words, at=found.at, lead=lead)
    else:
        actions.say(conversation=found.conversation, standing=found.standing, words=words, at=found.at)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return _to(found.conversation)


@allow(signed_in, guards="conversation")
@require_POST
def read(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take down that I have read up to a number, or (with `unread`) that I want to read it again."""
    found = asked(request, public_id)
    seq = whole(request.POST.get("seq", "")) or 0
    if found.member is not None and "unread" in request.POST:
        found.member.conversation = found.conversation
        actions.mark_unread(member=found.member, seq=seq)
        return HttpResponseRedirect(reverse("conversations"), status=303)
    opened(found, seq=seq)
    return HttpResponse(status=204)


@allow(signed_in, guards="conversation")
@require_POST
def withdraw(request: PersonRequest, public_id: UUID, seq: int) -> HttpResponse:
    """Take back my own words."""
    found = asked(request, public_id)
    actions.withdraw(conversation=found.conversation, standing=found.standing, seq=seq, at=found.at)
    return _to(found.conversation)


@allow(signed_in, guards="conversation")
@require_POST
def turn(request: PersonRequest, public_id: UUID, seq: int, name: str) -> HttpResponse:
    """Make something of a message with one click."""
    found = asked(request, public_id)
    post = queries.post_of(found.conversation, since=found.since, seq=seq)
    actions.turn(post=post, by=found.standing, name=name, at=found.at)
    return HttpResponseRedirect(
        f"{reverse('conversation', args=[found.conversation.public_id])}?at={seq}#p{seq}", status=303
    )


@allow(signed_in, guards="conversation")
@require_POST
def acknowledge(request: PersonRequest, public_id: UUID, seq: int) -> HttpResponse:
    """Say that I have read the note for my shift."""
    found = asked(request, public_id)
    actions.acknowledge(conversation=found.conversation, standing=found.standing, seq=seq, at=found.at)
    return _to(found.conversation)


@allow(signed_in, guards="conversation")
@require_safe
def pick(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Offer members to mention: of this conversation only."""
    found = asked(request, public_id)
    words = fold(request.GET.get("q", "")[:60])
    shared = found.conversation.kind in {Kind.GROUP, Kind.ROSTER}
    people = queries.picked(found.conversation, words=words, but=found.standing.person.pk) if shared else []
    return fragment(request, "messaging/conversations/posts.html", "picked", {"people": people})


@allow(signed_in, guards="conversation")
@require_safe
def file(request: PersonRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """Send a file of a conversation to who reads it: pictures in the page, PDFs only as a download."""
    found = asked(request, public_id)
    kept = queries.file_of(found.conversation, since=found.since, public_id=file_id)
    data = store.read(kept.stored) if kept is not None else b""
    if kept is None or not data:
        raise NotFound(_("There is no such file."))
    return attached(data, kind=FileKind(kept.kind), public_id=kept.public_id)
