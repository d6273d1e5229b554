"""The board of measures."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.insight.measures.queries import board
from kith.kernel import clock
from kith.kernel.refusals import BadInput
from kith.portal.shell.render import page
from kith.portal.shell.words import number, short_day
from kith.promises.commitments.units import unit_rows

PERIODS = (30, 90, 365)


@allow(has_role("leadership", "administrator", "hr"))
@require_safe
def measures(request: PersonRequest) -> HttpResponse:
    """Show every measure: today's figure, how it is counted, its line, and the table behind."""
    asked = request.GET.get("days", "90")
    if asked not in {str(days) for days in PERIODS}:
        raise BadInput(_("Choose 30, 90 or 365 days."), field="days")
    days = int(asked)
    at = clock.now()
    series = board(until=at.date(), days=days)
    context = {
        "cards": [
            {
                "series": one,
                "shown": number(one.latest.value or 0, one.measure.decimals) if one.latest else "",
                "points": [
                    (short_day(row.day), float(row.value or 0), number(row.value or 0, one.measure.decimals))
                    for row in one.days
                ],
            }
            for one in series
        ],
        "units": unit_rows(at=at),
        "periods": [
            (ngettext("%s day", "%s days", period) % period, f"?days={period}", period == days) for period in PERIODS
        ],
    }
    return page(request, "insight/measures/board.html", context)
