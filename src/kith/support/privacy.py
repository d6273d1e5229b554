"""What support keeps on a person: service requests and what was said in them."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.people.privacy.shelf import HOLDINGS, Retention
from kith.people.privacy.tables import Table, Tables
from kith.people.privacy.traces import MARK
from kith.support.requests.models import Saying, ServiceRequest

REQUESTS_DAYS = 3 * 365


def _forget_closed(at: datetime) -> int:
    """Empty requests that were closed, or answered and let lie, for three years; their times stay for the count."""
    before = at - timedelta(days=REQUESTS_DAYS)
    over = ServiceRequest.objects.filter(Q(closed_at__lt=before) | Q(state="answered", answered_at__lt=before)).exclude(
        title=MARK
    )
    keys = list(over.values_list("pk", flat=True))
    said = Saying.objects.filter(request_id__in=keys).delete()[0]
    return said + ServiceRequest.objects.filter(pk__in=keys).update(title=MARK)


HOLDINGS.put(
    "support.requests",
    Tables(
        label=_("Questions you asked us, and what was said until they were answered."),
        tables=(
            Table(
                ServiceRequest,
                _("My requests"),
                ("public_id", "topic", "title", "state", "asked_at", "answered_at", "closed_at"),
                person=("asker_id",),
                subject="request",
                blanks={"title": MARK},
            ),
            Table(
                Saying,
                _("What was said"),
                ("request__public_id", "ours", "text", "at"),
                person=("request__asker_id",),
                deletes=True,
            ),
            Table(
                Saying,
                _("What I answered others"),
                ("text", "at"),
                person=("author_id",),
                only=Q(ours=True),
                mine=False,
            ),
        ),
        free={ServiceRequest: ("title",), Saying: ("text",)},
        retentions=(
            Retention(_("What was said in a request is deleted three years after it was closed."), _forget_closed),
        ),
    ),
)
