"""Mine and everybody's: reading ideas, having one, saying that one is good."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, anyone, ask_to_sign_in, employee, signed_in
from kith.access.requests import PersonRequest, Request
from kith.kernel import clock, store, uploads
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.uploads import FileKind
from kith.portal.shell.files import attached
from kith.portal.shell.render import fragment, page
from kith.voice.campaigns.models import Campaign
from kith.voice.campaigns.queries import in_force, open_now
from kith.voice.campaigns.queries import visible_to as campaigns_for
from kith.voice.ideas import actions, attaching, comparing, queries
from kith.voice.ideas.forms import IdeaForm, RatingForm
from kith.voice.ideas.models import Attachment, Idea
from kith.voice.ideas.numbers import by_unit, measured, numbers
from kith.voice.ideas.shown import context, idea_of
from kith.voice.ideas.words import STATES

SHOWN = 50


@allow(signed_in)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List ideas, newest first: all, mine, or those still owed an answer; what is asked now stands above."""
    at, which = clock.now(), request.GET.get("show", "all")
    person_id, roles = request.person.pk, request.roles
    found = queries.listed(person_id=person_id, day=at.date(), roles=roles)
    if which == "mine":
        found = found.filter(author=request.person)
    elif which == "open":
        found = found.filter(state="open")
    tabs = [("all", _("All"), "?show=all"), ("open", _("Answer owed"), "?show=open"), ("mine", _("Mine"), "?show=mine")]
    asked = open_now(campaigns_for(person_id=person_id, roles=roles, day=at.date()), at=at)
    said = {
        "ideas": found[:SHOWN], "tabs": tabs, "which": which, "states": STATES, "campaigns": asked[:3],
        "measured": measured(), "now": at,
    }  # fmt: skip
    return page(request, "voice/ideas/listing.html", said)


@allow(employee)
@require_safe
def similar(request: PersonRequest) -> HttpResponse:
    """Show what was said before with the same words, while a title is typed."""
    words, at = request.GET.get("title", "")[:150], clock.now()
    found = comparing.similar(words=words, person_id=request.person.pk, day=at.date(), roles=request.roles)
    return fragment(request, "voice/ideas/new.html", "similar", {"similar": found, "states": STATES})


def _campaign(request: PersonRequest, public_id: UUID) -> Campaign:
    day = clock.now().date()
    found = campaigns_for(person_id=request.person.pk, roles=request.roles, day=day).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such campaign."))
    return found


def _asked(request: PersonRequest) -> Campaign | None:
    given = request.GET.get("campaign") or request.POST.get("campaign") or ""
    if not given:
        return None
    try:
        return _campaign(request, UUID(given))
    except ValueError:
        raise BadInput(_("There is no such campaign."), field="campaign") from None


@allow(employee)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write an idea; similar ones are shown first, and may be supported instead, or one's own posted all the same."""
    at, campaign = clock.now(), _asked(request)
    form = IdeaForm(request.POST or None, campaign=campaign)
    found: list[Idea] = []
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        if "anyway" not in request.POST:
            found = comparing.similar(words=title, person_id=request.person.pk, day=at.date(), roles=request.roles)
        if not found:
            try:
                made = [
                    uploads.make(each.read(uploads.MOST_BYTES + 1), name=each.name or "")
                    for each in request.FILES.getlist("file")
                ]
                idea = actions.submit(
                    author=request.person, title=title, text=form.cleaned_data["text"], category=form.chosen,
                    campaign=campaign, visibility=form.shown_to, at=at,
                )  # fmt: skip
                for each in made[: attaching.MOST]:
                    attaching.attach(idea=idea, by=request.person, made=each, at=at)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            else:
                return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))
    status = 422 if request.method == "POST" and not found else 200
    said = {"form": form, "similar": found, "campaign": campaign, "terms": in_force(campaign), "states": STATES}
    return page(request, "voice/ideas/new.html", said, status=status)


@allow(signed_in, guards="idea")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show an idea: who owes the answer until when, the answer, the votes and comments."""
    at = clock.now()
    return page(request, "voice/ideas/one.html", context(request, idea_of(request, public_id, at=at), at=at))


@allow(signed_in, guards="idea")
@require_POST
def rate(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Rate the answer to my idea."""
    at, form = clock.now(), RatingForm(request.POST)
    idea = idea_of(request, public_id, at=at)
    if not form.is_valid():
        return page(request, "voice/ideas/one.html", context(request, idea, at=at, filled=form), status=422)
    actions.rate(
        idea=idea, by=request.person, understood=form.cleaned_data["understood"] == "yes",
        stars=form.cleaned_data["stars"], words=form.cleaned_data["words"], at=at,
    )  # fmt: skip
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


@allow(employee, guards="idea")
@require_POST
def vote(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Find an idea good; with `mine`, say that one had it too."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    actions.vote(idea=idea, by=request.person, mine="mine" in request.POST, at=at)
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


@allow(employee, guards="idea")
@require_POST
def comment(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Say something to an idea."""
    at = clock.now()
    idea = idea_of(request, public_id, at=at)
    actions.comment(idea=idea, by=request.person, text=request.POST.get("text", ""), at=at)
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


@allow(signed_in, guards="idea")
@require_POST
def attach(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Attach a picture or a PDF to my idea."""
    at = clock.now()
    idea, given = idea_of(request, public_id, at=at), request.FILES.get("file")
    if given is None:
        raise BadInput(_("Choose a file first."), field="file")
    made = uploads.make(given.read(uploads.MOST_BYTES + 1), name=given.name or "")
    attaching.attach(idea=idea, by=request.person, made=made, at=at)
    return HttpResponseRedirect(reverse("idea", args=[idea.public_id]))


@allow(signed_in, guards="idea")
@require_safe
def file(request: PersonRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """Send a file of an idea to somebody who may read the idea: pictures in the page, PDFs only as a download."""
    idea = idea_of(request, public_id, at=clock.now())
    found = Attachment.objects.filter(idea=idea, public_id=file_id).first()
    data = store.read(found.stored) if found is not None else b""
    if found is None or not data:
        raise NotFound(_("There is no such file."))
    return attached(data, kind=FileKind(found.kind), public_id=found.public_id)


@allow(anyone)
@require_safe
def done(request: Request) -> HttpResponse:
    """Show what people said and we did: to everybody of the house, to visitors where the house wants it so."""
    if request.person is None and not in_force(None).done_public:
        return ask_to_sign_in(request)
    ideas = list(queries.done()[:SHOWN])
    names = request.person is not None
    return page(request, "voice/ideas/done.html", {"ideas": ideas, "names": names})


@allow(signed_in)
@require_safe
def figures(request: PersonRequest) -> HttpResponse:
    """Show how ideas fare: answered in time, how long it took, what became of them, and what authors say; by unit."""
    at = clock.now()
    return page(request, "voice/ideas/numbers.html", {"numbers": numbers(at=at), "units": by_unit(at=at)})


@allow(signed_in)
@require_safe
def campaigns(request: PersonRequest) -> HttpResponse:
    """List what is asked: first what is open, then what is over."""
    at = clock.now()
    found = campaigns_for(person_id=request.person.pk, roles=request.roles, day=at.date())
    said = {
        "open": open_now(found, at=at),
        "over": found.filter(closes_at__lte=at).order_by("-closes_at")[:SHOWN],
        "now": at,
    }
    return page(request, "voice/campaigns/listing.html", said)


@allow(signed_in, guards="campaign")
@require_safe
def campaign(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a campaign: its question, until when it is open, and the ideas it brought."""
    at, found = clock.now(), _campaign(request, public_id)
    ideas = queries.listed(person_id=request.person.pk, day=at.date(), roles=request.roles).filter(campaign=found)
    said = {
        "campaign": found, "ideas": ideas[:SHOWN], "states": STATES, "now": at, "terms": in_force(found),
        "is_open": found.opens_at <= at < found.closes_at,
    }  # fmt: skip
    return page(request, "voice/campaigns/one.html", said)
