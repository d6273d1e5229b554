"""Service requests for programs: asking, reading, answering, closing."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body
from kith.access.endpoints.commands import Key, answer_once
from kith.access.endpoints.paging import Paging, newest, oldest
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.promises.commitments.models import Promise
from kith.support.requests import actions, queries
from kith.support.requests.models import RequestState, Saying, ServiceRequest, Topic

router = Router(tags=["requests"])
Text = Annotated[str, Field(min_length=1, max_length=10_000)]


class RequestOut(Schema):
    """A service request. `due_at`: until when an answer is owed, null where none is."""

    id: UUID
    asker: UUID
    topic: Topic
    title: str
    state: RequestState
    asked_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None


class RequestPage(Schema):
    """A page of requests, the newest first."""

    items: list[RequestOut]
    next: str | None


class WhichRequests(Paging):
    """Which requests."""

    state: RequestState | None = None


class AnswerOut(Schema):
    """Something said in a request: by its asker, or (`ours`) by us."""

    author: UUID
    ours: bool
    text: str
    at: datetime


class AnswerPage(Schema):
    """A page of what was said, in order."""

    items: list[AnswerOut]
    next: str | None


class RequestIn(Body):
    """What somebody needs."""

    topic: Topic = Topic.OTHER
    title: Annotated[str, Field(min_length=1, max_length=150)]
    text: Text


class AnswerIn(Body):
    """Something to say."""

    text: Text


def _row(asked: ServiceRequest, promise: Promise | None) -> RequestOut:
    return RequestOut(
        id=asked.public_id,
        asker=asked.asker.public_id,
        topic=Topic(asked.topic),
        title=asked.title,
        state=RequestState(asked.state),
        asked_at=asked.asked_at,
        answered_at=asked.answered_at,
        closed_at=asked.closed_at,
        due_at=promise.due_at if promise else None,
    )


def _said(saying: Saying) -> AnswerOut:
    return AnswerOut(author=saying.author.public_id, ours=saying.ours, text=saying.text, at=saying.at)


def _asked(request: PersonRequest, public_id: UUID) -> ServiceRequest:
    found = queries.visible_to(person_id=request.person.pk, roles=request.roles).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such request."))
    return found


@router.get("/requests", response=RequestPage, summary="Service requests")
@allow(signed_in)
def requests(request: PersonRequest, asked: Query[WhichRequests]) -> RequestPage:
    """List one's own requests and those whose answer one owes; agents see all."""
    found = queries.visible_to(person_id=request.person.pk, roles=request.roles)
    if asked.state is not None:
        found = found.filter(state=asked.state)
    rows, following = newest(found, asked)
    return RequestPage(items=[_row(row, promise) for row, promise in queries.with_promises(rows)], next=following)


@router.get("/requests/{uuid:public_id}", response=RequestOut, summary="One service request")
@allow(signed_in, guards="request")
def one(request: PersonRequest, public_id: UUID) -> RequestOut:
    """Show a request."""
    found = _asked(request, public_id)
    return _row(found, queries.promise_of(found))


@router.post("/requests", auth=WRITES, response={201: RequestOut}, summary="Ask for help")
@allow(signed_in)
def ask(request: PersonRequest, body: RequestIn, key: Key) -> HttpResponse:
    """Ask for help in the token's person's name; from the same moment somebody owes an answer by a time."""

    def act() -> tuple[int, RequestOut]:
        made = actions.ask(asker=request.person, title=body.title, text=body.text, topic=body.topic, at=clock.now())
        return 201, _row(made, queries.promise_of(made))

    return answer_once(request, key=key, body=body, act=act)


@router.get("/requests/{uuid:public_id}/answers", response=AnswerPage, summary="What was said")
@allow(signed_in, guards="request")
def answers(request: PersonRequest, public_id: UUID, asked: Query[Paging]) -> AnswerPage:
    """List what was said in a request, by its asker and by us."""
    rows, following = oldest(_asked(request, public_id).sayings.select_related("author"), asked)
    return AnswerPage(items=[_said(row) for row in rows], next=following)


@router.post("/requests/{uuid:public_id}/answers", auth=WRITES, response={201: AnswerOut}, summary="Answer")
@allow(signed_in, guards="request")
def answer(request: PersonRequest, public_id: UUID, body: AnswerIn, key: Key) -> HttpResponse:
    """Answer a request and keep the promise; who asked goes on writing in their own."""
    found, me = _asked(request, public_id), request.person

    def act() -> tuple[int, AnswerOut]:
        at = clock.now()
        if found.asker_id == me.pk:
            return 201, _said(actions.write_again(asked=found, by=me, text=body.text, at=at))
        return 201, _said(actions.answer(asked=found, by=me, roles=request.roles, text=body.text, at=at))

    return answer_once(request, key=key, body=body, act=act)


@router.post("/requests/{uuid:public_id}/close", auth=WRITES, response=RequestOut, summary="Close a request")
@allow(signed_in, guards="request")
def close(request: PersonRequest, public_id: UUID, key: Key) -> HttpResponse:
    """Close one's own request; what is owed is withdrawn."""
    found = _asked(request, public_id)

    def act() -> tuple[int, RequestOut]:
        actions.close(asked=found, by=request.person, at=clock.now())
        return 200, _row(_asked(request, public_id), None)

    return answer_once(request, key=key, body=None, act=act)
