"""Mine: who I am here, what I prefer and who stands in for me."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, employee, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.people.calendars.queries import deputies_of
from kith.people.persons import actions
from kith.people.persons.models import BirthdayCalendar, BirthdayVisibility, LeapDay, Person
from kith.people.ties.queries import placement
from kith.portal.directory.queries import listed, visible_to
from kith.portal.preferences.actions import change_deputies
from kith.portal.preferences.forms import BirthdayForm, ProfileForm
from kith.portal.search.actions import reindex
from kith.portal.shell.render import page

FOUND = 20


def _profile(person: Person, posted: object) -> ProfileForm:
    initial = {"preferred_name": person.preferred_name, "language": person.language, "zone": person.zone}
    return ProfileForm(posted, initial=initial, prefix="profile")  # type: ignore[arg-type]


def _birthday(person: Person, posted: object) -> BirthdayForm:
    initial = {
        "day": person.birth_day,
        "month": person.birth_month,
        "calendar": person.birthday_calendar,
        "visibility": person.birthday_visibility,
        "leap_day": person.leap_day,
    }
    return BirthdayForm(posted, initial=initial, prefix="birthday")  # type: ignore[arg-type]


def _save_profile(request: PersonRequest, form: ProfileForm) -> None:
    data = form.cleaned_data
    actions.set_preferences(
        person=request.person, language=data["language"], zone=data["zone"], preferred_name=data["preferred_name"]
    )
    reindex(kind="person", ids=[request.person.pk])
    request.session["language"], request.session["zone"] = data["language"], data["zone"]


def _save_birthday(request: PersonRequest, form: BirthdayForm) -> None:
    data = form.cleaned_data
    actions.set_birthday(
        person=request.person,
        month=data["month"],
        day=data["day"],
        calendar=BirthdayCalendar(data["calendar"]),
        visibility=BirthdayVisibility(data["visibility"]),
        leap_day=LeapDay(data["leap_day"]),
    )


def _saved(request: PersonRequest, part: str) -> HttpResponse:
    """Go back to the page; one's own language wins over one that was picked in this browser before."""
    messages.success(request, _("Saved."))
    answer = HttpResponseRedirect("/me/")
    if part == "profile":
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return answer


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PersonRequest) -> HttpResponse:
    """Show and change what I prefer."""
    part = request.POST.get("part", "")
    profile = _profile(request.person, request.POST if part == "profile" else None)
    birthday = _birthday(request.person, request.POST if part == "birthday" else None)
    chosen = {"profile": profile, "birthday": birthday}.get(part)
    if chosen is not None and chosen.is_valid():
        try:
            if part == "profile":
                _save_profile(request, profile)
            else:
                _save_birthday(request, birthday)
        except Refusal as refusal:
            chosen.add_error(None, refusal.sentence)
        else:
            return _saved(request, part)
    context = {
        "profile": profile,
        "birthday": birthday,
        "place": placement(person_id=request.person.pk, day=clock.now().date()),
        "deputies": deputies_of(person_id=request.person.pk),
        "me": request.person,
    }
    return page(request, "portal/preferences/me.html", context, status=422 if chosen is not None else 200)


@allow(employee)
@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: PersonRequest) -> HttpResponse:
    """Show and change who stands in for me; only colleagues can."""
    person, day = request.person, clock.now().date()
    if request.method == "POST":
        deputy = _colleague(request, request.POST.get("deputy", ""))
        change_deputies(person=person, deputy=deputy, wish=request.POST.get("wish", ""))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("my-deputies"))
    words = request.GET.get("q", "")[:100].replace("\0", "")
    named = deputies_of(person_id=person.pk)
    found = listed(person_id=person.pk, day=day, words=words, site="", after="") if words else Person.objects.none()
    taken = [person.pk, *(each.pk for each in named)]
    context = {"me": person, "deputies": named, "words": words, "found": found.exclude(pk__in=taken)[:FOUND]}
    return page(request, "portal/preferences/deputies.html", context)


def _colleague(request: PersonRequest, public_id: str) -> Person:
    """Return the colleague or deputy meant, `NotFound` for anybody else; whoever left can still be removed."""
    try:
        key = UUID(public_id)
    except ValueError as error:
        raise NotFound(_("There is no such person.")) from error
    named = [each for each in deputies_of(person_id=request.person.pk) if each.public_id == key]
    colleagues = visible_to(person_id=request.person.pk, day=clock.now().date()).filter(public_id=key)
    found = named[0] if named and request.POST.get("wish") == "remove" else colleagues.first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found
