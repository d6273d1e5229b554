"""One idea as one reader sees it: what its page says, and what the reader may do there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from markupsafe import Markup

from kith.access.requests import PersonRequest
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject
from kith.people.persons.queries import names
from kith.portal.panels.shelf import panels_for
from kith.promises.commitments.models import Promise, PromiseEvent, What
from kith.voice.filings.signing import signature
from kith.voice.ideas import queries
from kith.voice.ideas.answering import in_money
from kith.voice.ideas.forms import AnewForm, AnswerForm, DoneForm, RatingForm
from kith.voice.ideas.kinds import ANSWER, DO, READ
from kith.voice.ideas.models import Idea, IdeaState
from kith.voice.ideas.rules import may_answer, may_attach, may_finish, may_merge, may_rate
from kith.voice.ideas.starters import STARTERS
from kith.voice.ideas.words import CATEGORIES, REASONS, STATES

MOST_COMMENTS = 200


def idea_of(request: PersonRequest, public_id: UUID, *, at: datetime) -> Idea:
    """Return an idea as the reader may see it; `NotFound` for one they may not know of."""
    found = queries.listed(person_id=request.person.pk, day=at.date(), roles=request.roles)
    idea = found.filter(public_id=public_id).select_related(
        "author", "answered_by", "campaign", "merged_into", "filing", "unit", "segment"
    ).first()  # fmt: skip
    if idea is None:
        raise NotFound(_("There is no such idea."))
    return idea


@dataclass(frozen=True)
class Moved:
    """Why a clock was moved, in words of whoever moved it, and until when it runs or stands still."""

    paused: bool
    until: datetime | None
    reason: str


def moved(promise: Promise | None) -> Moved | None:
    """Return why a promise takes longer or stands still now, None where it does not."""
    if promise is None or (promise.extended_at is None and promise.paused_at is None):
        return None
    what = What.PAUSED if promise.paused_at is not None else What.EXTENDED
    event = PromiseEvent.objects.filter(promise=promise, what=what).order_by("-id").first()
    return Moved(what == What.PAUSED, event.until, event.reason) if event is not None else None


def context(request: PersonRequest, idea: Idea, *, at: datetime, filled: forms.Form | None = None) -> dict[str, Any]:
    """Return what the page of an idea needs; `filled` is a form that was refused."""
    person_id, roles = request.person.pk, request.roles
    owed, merged = queries.promises_of(idea), queries.together(idea)
    promise, doing = owed.get(ANSWER), owed.get(DO)
    authors = queries.authors_of(merged)
    follows = idea.merged_into is not None and idea.merged_into.state == IdeaState.OPEN
    answers = not follows and may_answer(person_id=person_id, roles=roles, idea=idea, promise=promise, authors=authors)
    return {
        "idea": idea,
        "promise": promise,
        "reading": owed.get(READ),
        "doing": doing,
        "moved": moved(promise or doing),
        "merged": merged,
        "comments": idea.comments.select_related("author").order_by("id")[:MOST_COMMENTS],
        "files": list(idea.attachments.order_by("id")),
        "sayings": _sayings(idea) if idea.is_anonymous else [],
        "forms": _forms(
            idea, person_id, answers=answers, finishes=_finishes(idea, person_id, roles, doing), filled=filled
        ),
        "answers": answers,
        "may_merge": idea.state == IdeaState.OPEN
        and idea.merged_into is None
        and may_merge(person_id=person_id, roles=roles, promise=promise, into=None),
        "may_part": idea.merged_into is not None
        and (
            person_id == idea.merged_into.answered_by_id
            or may_merge(person_id=person_id, roles=roles, promise=promise, into=None)
        ),
        "may_attach": may_attach(person_id=person_id, idea=idea),
        "may_vote": request.employed and person_id not in {idea.author_id, *authors},
        "now": at,
        "starters": [(label, STARTERS[code]) for code, label in REASONS if code in STARTERS] if answers else [],
        "categories": dict(CATEGORIES),
        "reasons": dict(REASONS),
        "states": STATES,
        "cost": in_money(idea.cost, idea.currency) if idea.cost is not None else "",
        "authority": in_money(idea.authority, idea.currency) if idea.authority is not None else "",
        "signature": signature(idea.filing.digest) if idea.filing is not None else "",
        "panels": _panels(request, idea),
    }


def _finishes(idea: Idea, person_id: int, roles: frozenset[str], doing: Promise | None) -> bool:
    return idea.merged_into is None and may_finish(person_id=person_id, roles=roles, promise=doing)


def _forms(
    idea: Idea, person_id: int, *, answers: bool, finishes: bool, filled: forms.Form | None
) -> dict[str, forms.Form]:
    made: dict[str, forms.Form] = {}
    if answers:
        made["answer"] = AnswerForm()
    if finishes:
        made["done"], made["anew"] = DoneForm(), AnewForm()
    if may_rate(person_id=person_id, idea=idea):
        made["rate"] = RatingForm()
    for name, form in made.items():
        if filled is not None and isinstance(filled, type(form)):
            made[name] = filled
    return made


def _sayings(idea: Idea) -> list[dict[str, Any]]:
    """Return what was said both ways: by whom ("": the author), the words, and the Monday of the week."""
    rows = list(idea.sayings.order_by("id").values("by_id", "text", "week"))
    known = names(ids={row["by_id"] for row in rows if row["by_id"] is not None})
    return [{"who": known.get(row["by_id"] or 0, ""), "text": row["text"], "week": row["week"]} for row in rows]


def _panels(request: PersonRequest, idea: Idea) -> list[Markup]:
    found = panels_for(request=request, subject=Subject(queries.KIND, idea.pk))
    return [Markup(html) for html in found]  # noqa: S704  (each panel is a rendered template)
