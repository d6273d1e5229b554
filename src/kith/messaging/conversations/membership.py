"""Who is in a conversation, and how somebody wants to be reached: add, remove, leave, rename, mute, block."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput, NotAllowed, NotFound, Refusal
from kith.messaging.conversations.models import Block, Conversation, Gone, Manners, Member, Notify
from kith.messaging.conversations.queries import member_of
from kith.messaging.conversations.rules import Standing, may_lead, may_leave
from kith.messaging.conversations.saying import locked, note_event, tell_pages
from kith.messaging.conversations.starting import check_invited, title_of
from kith.people.persons.models import Person


def _led(conversation: Conversation, standing: Standing) -> Conversation:
    kept = locked(conversation.pk)
    if not standing.employed or not may_lead(member_of(kept, person_id=standing.person.pk), kept):
        raise NotAllowed(_("Who leads the group adds and removes people."))
    return kept


def add(*, conversation: Conversation, by: Standing, people: Collection[Person], at: datetime) -> int:
    """Let colleagues into a group; they read what is written from now on. Return how many were not in it yet."""
    check_invited(people, at=at)
    with transaction.atomic():
        kept, added = _led(conversation, by), 0
        for person in sorted(people, key=lambda one: one.pk):
            if member_of(kept, person_id=person.pk) is not None:
                continue
            event = note_event(kept, code="joined", person=person, at=at)
            Member.objects.update_or_create(
                conversation=kept, person=person,
                defaults={
                    "left_at": None, "gone": "", "joined_at": at, "since_seq": event.seq - 1, "read_seq": event.seq,
                    "notified_seq": event.seq,
                },
            )  # fmt: skip
            added += 1
        if added:
            tell_pages(kept, seq=kept.last_seq)
    return added


def remove(*, conversation: Conversation, by: Standing, person: Person, at: datetime) -> None:
    """Take somebody out of a group; what they wrote stays. `NotFound` for who is not in it."""
    with transaction.atomic():
        kept = _led(conversation, by)
        if person.pk == by.person.pk:
            raise Refusal(_("To go yourself, leave the group."))
        _go(kept, person, gone=Gone.REMOVED, at=at)


def leave(*, conversation: Conversation, standing: Standing, at: datetime) -> None:
    """Leave a group. Where its last lead leaves, who has been in it longest leads it."""
    with transaction.atomic():
        kept = locked(conversation.pk)
        if not may_leave(kept):
            raise Refusal(_("This conversation cannot be left. Mute it instead."))
        _go(kept, standing.person, gone=Gone.LEFT, at=at)
        rest = Member.objects.filter(conversation=kept, left_at=None)
        if not rest.filter(leads=True).exists():
            oldest = rest.order_by("joined_at", "pk").first()
            if oldest is not None:
                rest.filter(pk=oldest.pk).update(leads=True)


def _go(conversation: Conversation, person: Person, *, gone: Gone, at: datetime) -> None:
    member = member_of(conversation, person_id=person.pk)
    if member is None:
        raise NotFound(_("This person is not in the conversation."))
    tell_pages(conversation, seq=conversation.last_seq + 1)
    member.left_at, member.gone, member.leads = at, gone, False
    member.save(update_fields=["left_at", "gone", "leads"])
    note_event(conversation, code=gone.value, person=person, at=at)


def rename(*, conversation: Conversation, by: Standing, title: str, at: datetime) -> None:
    """Give a group another subject; the same again changes nothing."""
    said = title_of(title)
    with transaction.atomic():
        kept = _led(conversation, by)
        if kept.title != said:
            kept.title = said
            kept.save(update_fields=["title"])
            note_event(kept, code="renamed", person=by.person, at=at)
            tell_pages(kept, seq=kept.last_seq)


def notify(*, member: Member, what: str) -> None:
    """Choose of what one is reminded in a conversation."""
    if what not in Notify.values:
        raise BadInput(_("Choose one of the three."), field="notify")
    Member.objects.filter(pk=member.pk).update(notify=what)


def block(*, person: Person, other: Person, at: datetime) -> None:
    """Take no direct messages from somebody any more; nobody is told. A second time changes nothing."""
    if person.pk == other.pk:
        raise BadInput(_("Choose somebody else: this is you."), field="person")
    Block.objects.get_or_create(person=person, blocked=other, defaults={"at": at})


def unblock(*, person: Person, other_id: int) -> None:
    """Take messages from somebody again."""
    Block.objects.filter(person=person, blocked_id=other_id).delete()


def show_reading(*, person: Person, shows: bool) -> None:
    """Let others see what one has read, and see it of others; or neither."""
    Manners.objects.update_or_create(person=person, defaults={"shows_reading": shows})
