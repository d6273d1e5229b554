"""Makers of voice: a plant in which duties are held, ideas in it, and answers to them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from kith.people.persons.models import Person
from kith.promises.duty.actions import set_holders
from kith.voice.ideas import actions, answering
from kith.voice.ideas.answering import Answer
from kith.voice.ideas.models import Idea, IdeaState
from tests.notices.make import Plant, plant
from tests.people import make as people
from tests.people.make import AT

NO_ROLES: frozenset[str] = frozenset()
NO = "The trays would fill the lorry, and nobody has room to wash them on the way."


def house() -> Plant:
    made = plant()
    for code in ("ideas", "general"):
        set_holders(code=code, persons=[made.author], at=AT, by_id=None)
    return made


def idea(author: Person, **given: Any) -> Idea:
    return actions.submit(
        **{"author": author, "title": "Trays for bottles", "text": "On the way back.", "at": AT, **given}
    )


def answer(
    to: Idea, by: Person, *, state: IdeaState = IdeaState.ACCEPTED, text: str = "", at: datetime = AT,
    roles: frozenset[str] = NO_ROLES, **given: Any,
) -> Idea:  # fmt: skip
    if state == IdeaState.DECLINED:
        given = {"reason": "other", "cost": Decimal(0), **given}
    said = Answer(state, text or (NO if state == IdeaState.DECLINED else "Yes, in May."), **given)
    return answering.answer(idea=to, by=by, roles=roles, said=said, at=at)


def worker(house: Plant, name: str = "") -> Person:
    return people.employee(name, unit=house.unit, site=None, manager=house.manager)
