"""Writes of suppressions: send no more mail to an address, or again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import NotFound
from kith.messaging.suppressions.facts import MailboxReleased, MailboxUnreachable
from kith.messaging.suppressions.models import Reason, Suppression


def suppress(
    *, address: str, person_id: int | None, reason: Reason, detail: str, at: datetime, until: datetime | None = None
) -> bool:
    """Send no more mail to an address; False where that was so already. A final reason replaces one that ends."""
    key = address.casefold()
    with transaction.atomic():
        known = Suppression.objects.select_for_update().filter(address=key, released_at=None).first()
        if known is not None and (known.until is None or (until is not None and known.until >= until)):
            return False
        row = known or Suppression(address=key)
        row.person_id, row.reason, row.detail = person_id, reason, detail[:300]
        row.since, row.until = at, until
        row.save()
        if person_id is not None:
            publish(MailboxUnreachable(person_id=person_id, reason=reason.value), at=at)
    return True


def release(*, suppression_id: int, by_id: int, at: datetime) -> Suppression:
    """Let mail go to an address again; a second time changes nothing."""
    with transaction.atomic():
        row = Suppression.objects.select_for_update().filter(pk=suppression_id).first()
        if row is None:
            raise NotFound(_("There is no such entry."))
        if row.released_at is None:
            row.released_at, row.released_by_id = at, by_id
            row.save(update_fields=["released_at", "released_by_id"])
            if row.person_id is not None:
                publish(MailboxReleased(person_id=row.person_id), at=at, by_id=by_id)
    return row
