"""Who somebody is to conversations, and what they may do with one; pure."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kith.messaging.conversations.models import Conversation, Handover, Kind, Member, Post, PostKind
from kith.people.persons.models import Person

LONGEST = 8000
EDITABLE = timedelta(minutes=15)
MODERATORS = frozenset({"moderator"})
STARTERS = frozenset({"administrator", "communications", "hr"})
KEEPERS = frozenset({"administrator"})
_UNSEEN = {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp", "Zs"}
_LINES = "\n\t"


@dataclass(frozen=True)
class Standing:
    """A person as conversations see them: whether employed today, their roles, the desks they serve.

    `helped` are conversations whose answer they owe by another rule than their role.
    """

    person: Person
    employed: bool
    roles: frozenset[str] = frozenset()
    desks: frozenset[str] = frozenset()
    helped: frozenset[int] = field(default_factory=frozenset)
    manages: bool = False


def clean(text: str) -> str | None:
    """Return a text without blanks around it and without control signs; None where nothing readable is left."""
    if "\0" in text:
        return None
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    said = "".join(c for c in kept if c in _LINES or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
    seen = any(unicodedata.category(c) not in _UNSEEN for c in said)
    return said if seen and len(said) <= LONGEST else None


def answers(standing: Standing, conversation: Conversation) -> bool:
    """Say whether somebody speaks for the function that a conversation asks; never for a question of their own."""
    if conversation.kind != Kind.DUTY or conversation.asker_id == standing.person.pk:
        return False
    return conversation.duty in standing.desks or conversation.pk in standing.helped


def may_lead(member: Member | None, conversation: Conversation) -> bool:
    """Say whether somebody adds, removes and renames: who leads a group."""
    return member is not None and member.left_at is None and member.leads and conversation.kind == Kind.GROUP


def may_leave(conversation: Conversation) -> bool:
    """Say whether one may leave: a group; a roster follows its rule, the others are two sides."""
    return conversation.kind == Kind.GROUP


def may_edit(post: Post, *, person_id: int, at: datetime) -> bool:
    """Say whether somebody changes a post: its author, its words, for a quarter of an hour."""
    return _own_words(post, person_id=person_id) and post.kind == PostKind.WORDS and at < post.at + EDITABLE


def may_withdraw(post: Post, *, person_id: int) -> bool:
    """Say whether somebody withdraws a post: its author, whenever; a note for the next shift stays."""
    return _own_words(post, person_id=person_id) and post.kind == PostKind.WORDS


def may_report(post: Post, *, person_id: int) -> bool:
    """Say whether somebody reports a post: whoever reads it and did not write it."""
    return post.author_id != person_id and post.withdrawn_at is None and post.kind != PostKind.EVENT


def may_acknowledge(handover: Handover, standing: Standing, *, owes: bool) -> bool:
    """Say whether somebody takes a note over: its lead, or whoever owes it by now; never its author."""
    open_ = handover.acknowledged_at is None and handover.post.author_id != standing.person.pk
    return open_ and (handover.lead_id == standing.person.pk or owes)


def _own_words(post: Post, *, person_id: int) -> bool:
    return post.author_id == person_id and post.withdrawn_at is None
