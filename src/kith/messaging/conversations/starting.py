"""Beginning conversations: with a colleague, with some, with whoever a rule describes, with a function."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.messaging.conversations.models import Conversation, Kind, Member, Notify, Post
from kith.messaging.conversations.queries import blocks_between
from kith.messaging.conversations.rosters import sync
from kith.messaging.conversations.rules import STARTERS, Standing, clean
from kith.messaging.conversations.saying import Words, say
from kith.messaging.conversations.shelves import DESKS
from kith.people.persons.models import Person
from kith.people.segments.compiler import compile_predicate
from kith.people.segments.predicate import as_json, parse
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force, is_employee

LONGEST_TITLE = 120
MOST_INVITED = 200


def title_of(words: str) -> str:
    """Return a subject made clean; `BadInput` for none or one that is too long."""
    said = clean(" ".join(words.split()))
    if said is None or len(said) > LONGEST_TITLE:
        raise BadInput(_("Give it a subject of 1 to 120 characters."), field="title")
    return said


def with_colleague(*, by: Standing, other: Person, at: datetime) -> Conversation:
    """Return the one conversation of two colleagues, begun where there was none yet."""
    _only_employees(by)
    if other.pk == by.person.pk:
        raise BadInput(_("Choose somebody else: this is you."), field="person")
    if not is_employee(person_id=other.pk, day=local_date(at, other.zone)) or other.deactivated_at:
        raise Refusal(_("You can write to colleagues who work here."), field="person")
    pair = ":".join(str(key) for key in sorted((by.person.pk, other.pk)))
    with transaction.atomic():
        if blocks_between(one=by.person.pk, other=other.pk) and not Conversation.objects.filter(pair=pair).exists():
            raise Refusal(_("You and %s do not write to each other.") % other.name, field="person")
        made, fresh = Conversation.objects.get_or_create(
            pair=pair,
            defaults={"kind": Kind.DIRECT, "last_at": at, "created_at": at, "created_by_id": by.person.pk},
        )
        if fresh:
            Member.objects.bulk_create(
                Member(conversation=made, person=person, joined_at=at) for person in (by.person, other)
            )
    return made


def group(*, by: Standing, title: str, people: Collection[Person], at: datetime) -> Conversation:
    """Begin a group of colleagues; who begins it leads it."""
    _only_employees(by)
    subject, invited = title_of(title), {person.pk: person for person in people if person.pk != by.person.pk}
    if not invited:
        raise BadInput(_("Choose at least one colleague."), field="people")
    check_invited(invited.values(), at=at)
    with transaction.atomic():
        made = Conversation.objects.create(
            kind=Kind.GROUP, title=subject, last_at=at, created_at=at, created_by_id=by.person.pk
        )
        Member.objects.create(conversation=made, person=by.person, joined_at=at, leads=True)
        Member.objects.bulk_create(Member(conversation=made, person_id=key, joined_at=at) for key in sorted(invited))
    return made


def check_invited(people: Collection[Person], *, at: datetime) -> None:
    """Refuse to invite more than two hundred at once, and anybody who does not work here."""
    if len(people) > MOST_INVITED:
        raise BadInput(_("Invite at most 200 people at once; for more, let a segment decide."), field="people")
    ids = [person.pk for person in people]
    employed = set(
        Tie.objects.filter(in_force(at.date()), kind=TieKind.EMPLOYEE, person_id__in=ids).values_list(
            "person_id", flat=True
        )
    )
    for person in people:
        if person.pk not in employed or person.deactivated_at:
            raise Refusal(_("%s does not work here.") % person.name, field="people")


def roster(*, by: Standing, title: str, rule: Any, at: datetime) -> Conversation:
    """Begin a conversation of everybody a rule describes, now and later: a shift, a unit, a segment."""
    if not (by.employed and (by.manages or by.roles & STARTERS)):
        raise NotAllowed(_("Managers, communications and human resources begin conversations of units and shifts."))
    predicate = parse(rule)
    compile_predicate(predicate, day=at.date())
    with transaction.atomic():
        made = Conversation.objects.create(
            kind=Kind.ROSTER, title=title_of(title), rule=as_json(predicate), last_at=at, created_at=at,
            created_by_id=by.person.pk,
        )  # fmt: skip
        sync(conversation_id=made.pk, at=at)
    return made


def ask(*, by: Standing, desk: str, title: str, words: Words, at: datetime) -> Post:
    """Ask a function; from the same moment it owes an answer. Who serves the function does not ask it here."""
    if desk not in DESKS or not (by.employed or DESKS.get(desk).customers):
        raise BadInput(_("Choose whom you want to ask."), field="desk")
    if desk in by.desks:
        raise Refusal(_("You serve this desk yourself: ask a colleague of it directly."), field="desk")
    with transaction.atomic():
        known = Post.objects.filter(author=by.person, key=words.key, conversation__kind=Kind.DUTY).first()
        if known is not None:
            return known
        made = Conversation.objects.create(
            kind=Kind.DUTY, title=title_of(title), duty=desk, asker=by.person, last_at=at, created_at=at,
            created_by_id=by.person.pk,
        )  # fmt: skip
        Member.objects.create(conversation=made, person=by.person, joined_at=at, notify=Notify.ALL)
        return say(conversation=made, standing=by, words=words, at=at)


def new_key() -> str:
    """Return a key for a form: sent twice it is one post."""
    return str(uuid4())


def _only_employees(standing: Standing) -> None:
    if not standing.employed:
        raise NotAllowed(_("Colleagues write to each other here. Write to the service instead."))
