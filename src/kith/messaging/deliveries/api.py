"""Acknowledgements for programs: what a person is asked to confirm, and confirming it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body
from kith.access.endpoints.paging import Paging, newest
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.messaging.deliveries import actions, queries
from kith.messaging.deliveries.answering import Said
from kith.messaging.deliveries.models import ANSWERED, OUTSTANDING, Delivery, State
from kith.messaging.deliveries.rendering import render

router = Router(tags=["acknowledgements"])


class AcknowledgementOut(Schema):
    """What somebody is or was asked to acknowledge. `seen` names the exact text: send it back to acknowledge."""

    message: UUID
    title: str
    body: str
    language: str
    seen: str
    state: str
    due_at: datetime | None
    acknowledged_at: datetime | None
    options: list[str] = []
    answer: int | None = None


class AcknowledgementPage(Schema):
    """A page of acknowledgements, the newest first."""

    items: list[AcknowledgementOut]
    next: str | None


class WhichAcknowledgements(Paging):
    """Which ones."""

    state: Annotated[Literal["", "outstanding", "answered"], Field(description="Empty: all.")] = ""


class AcknowledgementIn(Body):
    """The message, and the hash of the text that was read."""

    message: UUID
    seen: Annotated[str, Field(min_length=64, max_length=64)]
    answer: Annotated[int | None, Field(ge=0, le=4, description="Which of the answers offered, from 0.")] = None
    declined: Annotated[str | None, Field(max_length=300, description="Why it is declined.")] = None


def _out(delivery: Delivery) -> AcknowledgementOut:
    text = render(delivery.message, language=get_language() or "en")
    return AcknowledgementOut(
        message=delivery.message.public_id,
        title=text.title,
        body=text.body,
        language=text.language,
        seen=delivery.seen_sha256 or text.sha256,
        state=State(delivery.state).name.lower(),
        due_at=delivery.message.due_at,
        acknowledged_at=delivery.acknowledged_at,
        options=[option.label for option in text.options],
        answer=delivery.answer,
    )


@router.get("/acknowledgements", response=AcknowledgementPage, summary="What I am asked to acknowledge")
@allow(signed_in)
def acknowledgements(request: PersonRequest, asked: Query[WhichAcknowledgements]) -> AcknowledgementPage:
    """List what the token's person is or was asked to acknowledge, in their language."""
    found = queries.visible_to(person_id=request.person.pk).filter(message__needs_acknowledgement=True)
    if asked.state:
        found = found.filter(state__in=OUTSTANDING if asked.state == "outstanding" else ANSWERED)
    rows, following = newest(found, asked)
    return AcknowledgementPage(items=[_out(row) for row in rows], next=following)


@router.post("/acknowledgements", auth=WRITES, response=AcknowledgementOut, summary="Acknowledge")
@allow(signed_in)
def acknowledge(request: PersonRequest, body: AcknowledgementIn) -> AcknowledgementOut:
    """Acknowledge the exact text that was read; a second time changes nothing, a changed text is refused (409)."""
    delivery = queries.delivery_of(person_id=request.person.pk, public_id=str(body.message))
    if delivery is None:
        raise NotFound(_("There is nothing here to acknowledge."))
    done = actions.acknowledge(
        delivery_id=delivery.pk, person_id=request.person.pk, seen_sha256=body.seen, at=clock.now(), via="api",
        says=Said(answer=body.answer, declined=body.declined),
    )  # fmt: skip
    return _out(done)
