"""Makers of conversations: colleagues who talk."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from kith.messaging.conversations.actions import Words, group, roster, say, with_colleague
from kith.messaging.conversations.models import Conversation, Post
from kith.messaging.conversations.rules import Standing
from kith.messaging.conversations.shelves import desks_of
from kith.people.persons.models import Person
from kith.people.ties.models import Tie
from kith.people.ties.queries import in_force, leads
from tests.people import make as people
from tests.people.make import AT


def standing(person: Person, *roles: str, at: datetime = AT) -> Standing:
    """Return who somebody is, as a request would find it out."""
    employed = Tie.objects.filter(in_force(at.date()), person=person, kind="employee").exists()
    return Standing(
        person, employed, frozenset(roles), desks_of(roles), frozenset(), manages=leads(person_id=person.pk)
    )


def colleague(name: str = "", **given: Any) -> Person:
    """Return an employee of a unit that others may share (`unit=`)."""
    return people.employee(name, **given)


def direct(one: Person, other: Person, *, at: datetime = AT) -> Conversation:
    return with_colleague(by=standing(one, at=at), other=other, at=at)


def grouped(lead: Person, *others: Person, title: str = "Line 3", at: datetime = AT) -> Conversation:
    return group(by=standing(lead, at=at), title=title, people=others, at=at)


def shifted(lead: Person, rule: Any, *, title: str = "Line 3", at: datetime = AT) -> Conversation:
    return roster(by=standing(lead, "communications", at=at), title=title, rule=rule, at=at)


def said(
    conversation: Conversation, by: Person, text: str, *, at: datetime = AT, key: UUID | None = None, **given: Any
) -> Post:
    words = Words(text, key=key or uuid4(), **given)
    return say(conversation=conversation, standing=standing(by, at=at), words=words, at=at)
