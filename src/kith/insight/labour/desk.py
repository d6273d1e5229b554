"""The desk of labour saved: hours, what they rest on, and the rows behind."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.insight.labour.actions import set_minutes
from kith.insight.labour.queries import saved
from kith.insight.labour.shelf import ACTS
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound
from kith.kernel.subjects import describe
from kith.portal.shell.render import page

PERIODS = (30, 90, 365)
ROWS = 200
CHANGERS = frozenset({"administrator", "hr"})
readers = has_role("leadership", "administrator", "hr")


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "90")
    if asked not in {str(days) for days in PERIODS}:
        raise BadInput(_("Choose 30, 90 or 365 days."), field="days")
    return int(asked)


def _chips(days: int) -> list[tuple[str, str, bool]]:
    return [(ngettext("%s day", "%s days", each) % each, f"?days={each}", each == days) for each in PERIODS]


@allow(readers)
@require_safe
def labour_saved(request: PersonRequest) -> HttpResponse:
    """Show what was done by itself, and the hours of people it saved."""
    days, at = _days(request), clock.now()
    found = saved(since=at - timedelta(days=days), until=at)
    context = {
        "rows": found,
        "hours": sum((one.hours for one in found), Decimal(0)),
        "number": sum(one.number for one in found),
        "days": days,
        "periods": _chips(days),
        "may_change": not CHANGERS.isdisjoint(request.roles),
    }
    return page(request, "insight/labour/saved.html", context)


@allow(readers)
@require_safe
def behind(request: PersonRequest, code: str) -> HttpResponse:
    """Show the rows that an act's number rests on, the newest first."""
    if code not in ACTS:
        raise NotFound(_("There is no such act."))
    days, at, act = _days(request), clock.now(), ACTS.get(code)
    since = at - timedelta(days=days)
    rows = act.rows(since, at, ROWS)
    known = describe(subjects={row.about for row in rows if row.about}, person_id=request.person.pk)
    context = {
        "act": act,
        "number": act.count(since, at),
        "rows": [
            (
                row,
                "" if row.roles and row.roles.isdisjoint(request.roles) else row.link,
                known.get(row.about) if row.about else None,
            )
            for row in rows
        ],
        "periods": _chips(days),
    }
    return page(request, "insight/labour/behind.html", context)


@allow(has_role(*CHANGERS))
@require_POST
def change(request: PersonRequest, code: str) -> HttpResponse:
    """Say how many minutes an act saves."""
    try:
        minutes = Decimal(request.POST.get("minutes", "").strip().replace(",", "."))
    except InvalidOperation:
        raise BadInput(_("The minutes lie between 0 and 480."), field="minutes") from None
    set_minutes(code=code, minutes=minutes, at=clock.now(), by_id=request.person.pk)
    messages.success(request, _("Saved. The hours are counted anew."))
    return HttpResponseRedirect(reverse("labour-saved"))
