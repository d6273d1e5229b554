"""The desk of working hours: every calendar, its hours, and those that follow from a day on."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.people.calendars.actions import change_hours, drop_change, first_day_to_change
from kith.people.calendars.hours import parsed, written
from kith.people.calendars.models import Calendar, HoursVersion
from kith.people.calendars.queries import changes_to_come, hours_of, next_holidays
from kith.portal.calendars.forms import DAYS, HoursForm
from kith.portal.shell.render import page

keepers = has_role("hr", "administrator")
HOLIDAYS = 8


def _calendar(code: str) -> Calendar:
    found = Calendar.objects.filter(code=code).first() if "\0" not in code else None
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


@allow(keepers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List the calendars with the sites that work by them and the next change of hours."""
    calendars = list(Calendar.objects.prefetch_related("sites").order_by("code"))
    coming: dict[int, HoursVersion] = {}
    for version in changes_to_come(calendar_ids=[each.pk for each in calendars], day=clock.now().date()):
        coming.setdefault(version.calendar_id, version)
    rows = [(each, [site.name for site in each.sites.all()], coming.get(each.pk)) for each in calendars]
    return page(request, "portal/calendars/listing.html", {"rows": rows})


@allow(keepers)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, code: str) -> HttpResponse:
    """Show the hours of a calendar; other hours may follow from a day on that has not begun."""
    calendar, at = _calendar(code), clock.now()
    day = at.date()
    hours = hours_of(calendar_ids=[calendar.pk], around=day)[calendar.pk]
    now = hours.working("UTC").intervals_on(day)
    form = HoursForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid():
        first = form.cleaned_data["valid_from"]
        try:
            change_hours(calendar=calendar, valid_from=first, week=form.week, at=at, by_id=request.person.pk)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("These hours hold from then on. What was promised before stays as it is."))
            return HttpResponseRedirect(reverse("calendar", args=[code]), status=303)
    coming = changes_to_come(calendar_ids=[calendar.pk], day=day)
    context = {
        "calendar": calendar,
        "days": DAYS,
        "now": written(now),
        "coming": [(version, written(parsed(version.intervals))) for version in coming],
        "holidays": next_holidays(calendar=calendar, day=day, limit=HOLIDAYS),
        "first": first_day_to_change(at),
        "form": form,
    }
    return page(request, "portal/calendars/one.html", context, status=422 if form.errors else 200)


@allow(keepers)
@require_POST
def drop(request: PersonRequest, code: str) -> HttpResponse:
    """Take back a change of hours whose day has not begun."""
    calendar, first = _calendar(code), parse_date(request.POST.get("valid_from", ""))
    version = calendar.versions.filter(valid_from=first).first() if first else None
    if version is None:
        raise NotFound(_("There is no such change of hours."))
    drop_change(version=version, at=clock.now())
    messages.success(request, _("This change is taken back."))
    return HttpResponseRedirect(reverse("calendar", args=[code]), status=303)
