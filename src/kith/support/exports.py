"""Exports of service requests."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line
from kith.support.requests.models import ServiceRequest
from kith.support.requests.queries import visible_to

CHUNK = 1000
REQUESTS = ("id", "topic", "title", "state", "asked_at", "answered_at", "closed_at", "asker")


def _requests(asking: Asking) -> Iterator[Line]:
    if asking.is_keeper:
        found = ServiceRequest.objects.select_related("asker")
    else:
        found = visible_to(person_id=asking.person_id, roles=asking.roles)
    for row in found.order_by("-asked_at", "-id").iterator(chunk_size=CHUNK):
        yield Line(
            (
                str(row.public_id), row.topic, row.title, row.state, row.asked_at, row.answered_at, row.closed_at,
                row.asker.name,
            ),
            row.asker_id,
        )  # fmt: skip


EXPORTS.put("requests", ExportKind("requests", _("Requests"), REQUESTS, lambda _asking: True, _requests))
