"""Mine: who I am here, what I prefer, and what is kept on me."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.facts.models import Fact
from kith.kernel.refusals import Refusal
from kith.people.calendars.queries import deputies_of
from kith.people.persons import actions
from kith.people.persons.models import BirthdayCalendar, BirthdayVisibility, LeapDay, Person
from kith.people.ties.queries import placement, ties_of
from kith.portal.preferences.forms import BirthdayForm, ProfileForm
from kith.portal.shell.render import page

FACTS = 100


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
            messages.success(request, _("Saved."))
            return HttpResponseRedirect("/me/")
    context = {
        "profile": profile,
        "birthday": birthday,
        "place": placement(person_id=request.person.pk, day=clock.now().date()),
        "deputies": deputies_of(person_id=request.person.pk),
        "me": request.person,
    }
    return page(request, "portal/preferences/me.html", context, status=422 if chosen is not None else 200)


@allow(signed_in)
@require_safe
def privacy(request: PersonRequest) -> HttpResponse:
    """Show what is kept on me: my data, my ties, and what happened about me."""
    person = request.person
    facts = Fact.objects.filter(about__contains=[f"person:{person.pk}"]).order_by("-id")[:FACTS]
    context = {"me": person, "ties": ties_of(person_id=person.pk, day=clock.now().date()), "facts": facts}
    return page(request, "portal/preferences/privacy.html", context)
