"""Reads of webhooks."""

from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from kith.kernel.facts import FACTS
from kith.kernel.facts.models import Fact
from kith.messaging.webhooks.models import Endpoint, EndpointState, Sending, SendingState

SHOWN = 50
TEST = "kith.Test"


def endpoints() -> QuerySet[Endpoint]:
    """Return every webhook that was not removed, the oldest first."""
    return Endpoint.objects.filter(removed_at=None).order_by("id")


def tries(endpoint: Endpoint) -> QuerySet[Sending]:
    """Return what was sent to an endpoint or waits, the newest first."""
    return endpoint.sendings.order_by("-id")[:SHOWN]


def waiting_count(endpoint: Endpoint) -> int:
    """Return how many facts wait for an endpoint, counted up to 1,000."""
    return endpoint.sendings.filter(state=SendingState.WAITING).values("id")[:1000].count()


def last_position() -> int:
    """Return the position of the newest numbered fact, 0 where there is none."""
    return Fact.objects.aggregate(last=Max("position"))["last"] or 0


def due_endpoints(*, at: datetime) -> list[int]:
    """Return the ids of the endpoints for which a fact waits to be planned, or something is to be sent at `at`."""
    waits = Sending.objects.filter(endpoint=OuterRef("pk"), state=SendingState.WAITING, next_try__lte=at)
    active = Endpoint.objects.filter(state=EndpointState.ACTIVE, removed_at=None).exclude(next_try__gt=at)
    due = active.filter(Q(position__lt=last_position()) | Exists(waits))
    return list(due.order_by("id").values_list("id", flat=True))


def known_kinds() -> list[str]:
    """Return every kind of fact there is, sorted."""
    return FACTS.names()


def secrets_in_force(endpoint: Endpoint, *, at: datetime) -> list[str]:
    """Return the secrets that sign what is sent at `at`, the newest first."""
    rolled = endpoint.previous_secret and endpoint.previous_until and endpoint.previous_until > at
    return [endpoint.secret, endpoint.previous_secret] if rolled else [endpoint.secret]
