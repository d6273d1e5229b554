"""The proof of a notice for programs: every recipient with state, text and time."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from kith.access.endpoints.paging import Paging, oldest
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel.refusals import NotFound
from kith.messaging.deliveries.models import State
from kith.notices.proof.queries import recipients
from kith.notices.publishing.queries import visible_to
from kith.people.persons.queries import by_ids

router = Router(tags=["notices"])


class ReceiptOut(Schema):
    """One recipient's line of the proof; `seen` names the exact text that was acknowledged."""

    person: UUID | None
    name: str
    state: str
    opened_at: datetime | None
    acknowledged_at: datetime | None
    language: str
    seen: str
    via: str


class ReceiptPage(Schema):
    """A page of the proof."""

    items: list[ReceiptOut]
    next: str | None


@router.get("/notices/{uuid:public_id}/acknowledgements", response=ReceiptPage, summary="Who has acknowledged")
@allow(has_role("communications", "administrator"), guards="notice")
def receipts(request: PersonRequest, public_id: UUID, asked: Query[Paging]) -> ReceiptPage:
    """List every recipient of a notice."""
    notice = visible_to(person_id=request.person.pk, roles=request.roles).filter(public_id=public_id).first()
    if notice is None:
        raise NotFound(_("There is no such notice."))
    rows, following = oldest(recipients(notice), asked)
    people = by_ids(ids=[row.person_id for row in rows])
    items = [
        ReceiptOut(
            person=people[row.person_id].public_id if row.person_id in people else None,
            name=people[row.person_id].full_name if row.person_id in people else "",
            state=State(row.state).name.lower(),
            opened_at=row.opened_at,
            acknowledged_at=row.acknowledged_at,
            language=row.seen_language or "",
            seen=row.seen_sha256 or "",
            via=row.via or "",
        )
        for row in rows
    ]
    return ReceiptPage(items=items, next=following)
