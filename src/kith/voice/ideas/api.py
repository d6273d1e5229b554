"""Ideas for programs: submitting, reading, answering, voting, commenting."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body
from kith.access.endpoints.commands import Key, answer_once
from kith.access.endpoints.paging import Paging, newest, oldest
from kith.access.policies import allow, employee, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.voice.ideas import actions, queries
from kith.voice.ideas.answering import Answer
from kith.voice.ideas.answering import answer as answer_idea
from kith.voice.ideas.models import Category, Comment, Idea, IdeaState, Reason

router = Router(tags=["ideas"])
Text = Annotated[str, Field(min_length=1, max_length=10_000)]


class IdeaOut(Schema):
    """An idea with its answer."""

    id: UUID
    author: UUID | None
    title: str
    text: str
    category: Category
    state: IdeaState
    votes: int
    comments: int
    submitted_at: datetime
    answer: str
    reason: str
    answered_by: UUID | None
    answered_at: datetime | None


class IdeaPage(Schema):
    """A page of ideas, the newest first."""

    items: list[IdeaOut]
    next: str | None


class WhichIdeas(Paging):
    """Which ideas."""

    state: IdeaState | None = None


class CommentOut(Schema):
    """Something said to an idea."""

    author: UUID
    text: str
    at: datetime


class CommentPage(Schema):
    """A page of comments, in order."""

    items: list[CommentOut]
    next: str | None


class IdeaIn(Body):
    """An idea."""

    title: Annotated[str, Field(min_length=1, max_length=150)]
    text: Text
    category: Category = Category.OTHER


class IdeaAnswerIn(Body):
    """The answer: yes, planned until a day, done, an explanation, or no with a reason, a sentence and its cost.

    `cost` is what doing it would cost in the company's currency: who says no must have been able to say yes.
    """

    verdict: Literal["accepted", "planned", "done", "answered", "declined"]
    text: Text
    reason: Reason | None = None
    cost: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    until: date | None = None


class CommentIn(Body):
    """Something to say."""

    text: Text


def _out(idea: Idea) -> IdeaOut:
    return IdeaOut(
        id=idea.public_id,
        author=idea.author.public_id if idea.author else None,
        title=idea.title,
        text=idea.text,
        category=Category(idea.category),
        state=IdeaState(idea.state),
        votes=vars(idea)["votes_count"],
        comments=vars(idea)["comments_count"],
        submitted_at=idea.submitted_at,
        answer=idea.answer,
        reason=idea.reason,
        answered_by=idea.answered_by.public_id if idea.answered_by else None,
        answered_at=idea.answered_at,
    )


def _said(comment: Comment) -> CommentOut:
    return CommentOut(author=comment.author.public_id, text=comment.text, at=comment.at)


def _idea(request: PersonRequest, public_id: UUID) -> Idea:
    found = (
        queries.listed(person_id=request.person.pk, day=clock.now().date(), roles=request.roles)
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such idea."))
    return found


@router.get("/ideas", response=IdeaPage, summary="Ideas")
@allow(signed_in)
def ideas(request: PersonRequest, asked: Query[WhichIdeas]) -> IdeaPage:
    """List ideas: employees read all, others their own."""
    found = queries.listed(person_id=request.person.pk, day=clock.now().date(), roles=request.roles)
    if asked.state is not None:
        found = found.filter(state=asked.state)
    rows, following = newest(found, asked)
    return IdeaPage(items=[_out(row) for row in rows], next=following)


@router.get("/ideas/{uuid:public_id}", response=IdeaOut, summary="One idea")
@allow(signed_in, guards="idea")
def idea(request: PersonRequest, public_id: UUID) -> IdeaOut:
    """Show an idea."""
    return _out(_idea(request, public_id))


@router.post("/ideas", auth=WRITES, response={201: IdeaOut}, summary="Submit an idea")
@allow(employee)
def submit(request: PersonRequest, body: IdeaIn, key: Key) -> HttpResponse:
    """Submit an idea in the token's person's name; somebody owes its author an answer by a time."""

    def act() -> tuple[int, IdeaOut]:
        made = actions.submit(
            author=request.person, title=body.title, text=body.text, category=body.category, at=clock.now()
        )
        return 201, _out(_idea(request, made.public_id))

    return answer_once(request, key=key, body=body, act=act)


@router.post("/ideas/{uuid:public_id}/answer", auth=WRITES, response=IdeaOut, summary="Answer an idea")
@allow(employee, guards="idea")
def answer(request: PersonRequest, public_id: UUID, body: IdeaAnswerIn, key: Key) -> HttpResponse:
    """Answer an idea one owes the answer to and keep the promise; nobody answers their own."""
    found = _idea(request, public_id)

    def act() -> tuple[int, IdeaOut]:
        said = Answer(
            state=IdeaState(body.verdict), text=body.text, reason=body.reason.value if body.reason else "",
            cost=body.cost, until=body.until,
        )  # fmt: skip
        answer_idea(idea=found, by=request.person, roles=request.roles, said=said, at=clock.now())
        return 200, _out(_idea(request, public_id))

    return answer_once(request, key=key, body=body, act=act)


@router.put("/ideas/{uuid:public_id}/vote", auth=WRITES, response=IdeaOut, summary="Vote for an idea")
@allow(employee, guards="idea")
def vote(request: PersonRequest, public_id: UUID) -> IdeaOut:
    """Find an idea good; a second time changes nothing."""
    actions.vote(idea=_idea(request, public_id), by=request.person, at=clock.now())
    return _out(_idea(request, public_id))


@router.get("/ideas/{uuid:public_id}/comments", response=CommentPage, summary="Comments on an idea")
@allow(signed_in, guards="idea")
def comments(request: PersonRequest, public_id: UUID, asked: Query[Paging]) -> CommentPage:
    """List what was said to an idea."""
    rows, following = oldest(_idea(request, public_id).comments.select_related("author"), asked)
    return CommentPage(items=[_said(row) for row in rows], next=following)


@router.post("/ideas/{uuid:public_id}/comments", auth=WRITES, response={201: CommentOut}, summary="Comment on an idea")
@allow(employee, guards="idea")
def comment(request: PersonRequest, public_id: UUID, body: CommentIn, key: Key) -> HttpResponse:
    """Say something to an idea."""
    found = _idea(request, public_id)

    def act() -> tuple[int, CommentOut]:
        return 201, _said(actions.comment(idea=found, by=request.person, text=body.text, at=clock.now()))

    return answer_once(request, key=key, body=body, act=act)
