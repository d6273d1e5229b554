"""The set-up for the administrator who is signed in: the list, the steps that are left, the mail test."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.people.calendars.models import Calendar
from kith.people.calendars.queries import next_holidays
from kith.people.organizations.models import Site
from kith.portal.organization import actions as organization
from kith.portal.organization import queries as identities
from kith.portal.organization.answers import administrators, saved_or_refused, starter_sets
from kith.portal.organization.capabilities import CAPABILITIES
from kith.portal.organization.inputs import RoomsForm
from kith.portal.shell.render import page
from kith.portal.signin.answers import UNPROCESSABLE, form_page, go
from kith.portal.welcome import actions, mailing, queries
from kith.portal.welcome.pages import PAGES, Asked
from kith.portal.welcome.queries import Standing

HOLIDAYS_SHOWN = 6


@allow(administrators)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Show every step with where it stands."""
    found = queries.standings()
    return page(request, "portal/welcome/listing.html", {"standings": found, "left": _left(found)})


def _left(found: list[Standing]) -> int:
    return sum(each.open for each in found)


def _context(found: list[Standing], here: Standing) -> dict[str, Any]:
    return {
        "here": here,
        "standings": found,
        "number": found.index(here),
        "back_url": reverse("welcome-list"),
        "skip_url": reverse("welcome-skip", args=[here.key]) if here.step.optional and here.open else "",
    }


@allow(administrators)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PersonRequest, key: str) -> HttpResponse:
    """Ask one step of those that need somebody signed in, and save its answer at once."""
    found = queries.standings()
    here = next((each for each in found if each.key == key and not each.step.before_anyone), None)
    if here is None or here.step.url:
        raise NotFound(_("There is no such step."))
    answer = {"rooms": _rooms, "mail": _mail, "people": _people}.get(key, _asked)
    return answer(request, found, here)


def _asked(request: PersonRequest, found: list[Standing], here: Standing) -> HttpResponse:
    asked, at = PAGES[here.key], clock.now()
    context = {**_context(found, here), **_places(at)}
    if request.method != "POST":
        return form_page(request, "portal/welcome/step.html", asked.form(initial=asked.initial()), context)
    form = asked.form(request.POST)
    if asked.save is None or not form.is_valid():
        return form_page(request, "portal/welcome/step.html", form, context)
    try:
        asked.save(form, Asked(person=request.person, at=at))
    except Refusal as refusal:
        return form_page(request, "portal/welcome/step.html", form, context, refusal)
    return go(_onward(here.key))


def _places(at: datetime) -> dict[str, Any]:
    calendar = Calendar.objects.filter(sites__isnull=False).order_by("id").first()
    return {
        "sites": list(Site.objects.order_by("code")[:HOLIDAYS_SHOWN]),
        "holidays": next_holidays(calendar=calendar, day=at.date(), limit=HOLIDAYS_SHOWN) if calendar else [],
    }


def _onward(after: str) -> str:
    """Return the address of the next step that is asked here and still open, else of the list."""
    found = [each for each in queries.standings() if not each.step.before_anyone]
    keys = [each.key for each in found]
    turned = found[keys.index(after) + 1 :] if after in keys else found
    key = next((each.key for each in turned if each.open and not each.step.url), "")
    return reverse("welcome-step", args=[key]) if key else reverse("welcome-list")


def _rooms(request: PersonRequest, found: list[Standing], here: Standing) -> HttpResponse:
    at, by_id = clock.now(), request.person.pk
    version = identities.newest()
    closed = set(version.closed) if version else set()
    form = RoomsForm(initial={"open": [code for code in CAPABILITIES.names() if code not in closed]})
    if request.method == "POST":
        if chosen := request.POST.get("set", ""):
            organization.begin_as(starter_set=chosen, at=at, by_id=by_id)
            return go(reverse("welcome-step", args=[here.key]))
        form = RoomsForm(request.POST)
        if saved_or_refused(
            form, lambda made: organization.use_capabilities(open_ones=made.cleaned_data["open"], at=at, by_id=by_id)
        ):
            return go(_onward(here.key))
    context = {"form": form, "capabilities": CAPABILITIES.items(), "closed": closed, "sets": starter_sets()}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return page(request, "portal/welcome/rooms.html", {**_context(found, here), **context}, status=status)


def _people(request: PersonRequest, found: list[Standing], here: Standing) -> HttpResponse:
    return page(request, "portal/welcome/people.html", _context(found, here))


def _mail(request: PersonRequest, found: list[Standing], here: Standing) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            mailing.send_test(person=request.person, at=clock.now())
        except Refusal as refused:
            refusal = refused.sentence
        else:
            sent = _("The mail is on its way.") if settings.KITH_MAIL else _("The mail is kept on the outbox desk.")
            messages.success(request, sent)
            return go(reverse("welcome-step", args=[here.key]))
    server = settings.KITH_MAIL
    context = {"server": server.host if server else "", "mailbox": request.person.mailbox, "refusal": refusal}
    status = UNPROCESSABLE if refusal else 200
    return page(request, "portal/welcome/mail.html", {**_context(found, here), **context}, status=status)


@allow(administrators)
@require_POST
def skip(request: PersonRequest, key: str) -> HttpResponse:  # noqa: ARG001  (the policy looks at it)
    """Do without an optional step."""
    actions.skip(key=key)
    return go(_onward(key))


@allow(administrators)
@require_POST
def put_away(request: PersonRequest) -> HttpResponse:  # noqa: ARG001  (the policy looks at it)
    """Take the list off home; it stays here."""
    actions.put_away(at=clock.now())
    return go("/")
