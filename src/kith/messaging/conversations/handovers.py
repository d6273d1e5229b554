"""Notes from one shift to the next: written, owed to be read by its lead, acknowledged."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.clock import at_local, local_date
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotAllowed, NotFound, Refusal
from kith.messaging.conversations.facts import HandoverAcknowledged, HandoverWritten
from kith.messaging.conversations.models import Conversation, Handover, Kind, Member, Post, PostKind
from kith.messaging.conversations.queries import HANDOVER, handover_of, helped_by
from kith.messaging.conversations.rules import Standing, may_acknowledge
from kith.messaging.conversations.saying import Words, locked, say, tell_pages
from kith.people.calendars.models import Shift
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, TieKind
from kith.people.ties.queries import in_force, managers_of, placement

GRACE = timedelta(hours=1)
HOURS = timedelta(hours=8)


def shifts_of(conversation: Conversation, *, at: datetime) -> list[Shift]:
    """Return the shifts on which its members work, by their beginning; one query."""
    members = Member.objects.filter(conversation=conversation, left_at=None).values("person_id")
    used = Assignment.objects.filter(
        in_force(at.date()), tie__kind=TieKind.EMPLOYEE, tie__person_id__in=members, shift__isnull=False
    )
    return list(Shift.objects.filter(pk__in=used.values("shift_id")).order_by("starts", "id"))


def next_shift(shifts: list[Shift], *, after: Shift | None) -> Shift | None:
    """Return the shift that begins next after another, round the clock; None where there is no other."""
    others = [shift for shift in shifts if after is None or shift.pk != after.pk]
    if after is None or not others:
        return others[0] if others else None
    return next((shift for shift in others if shift.starts > after.starts), others[0])


def lead_of(conversation: Conversation, *, shift: Shift, but: int, at: datetime) -> Person | None:
    """Return who leads a shift among the members: whoever most of its people report to, else its first person."""
    members = Member.objects.filter(conversation=conversation, left_at=None).values("person_id")
    on_it = Assignment.objects.filter(in_force(at.date()), shift=shift, tie__person_id__in=members)
    ids = list(on_it.order_by("tie__person_id").values_list("tie__person_id", flat=True).distinct())
    managers = Counter(key for key in managers_of(person_ids=ids, day=at.date()).values() if key and key != but)
    inside = set(
        Member.objects.filter(conversation=conversation, left_at=None, person_id__in=[*managers, *ids]).values_list(
            "person_id", flat=True
        )
    )
    first = [key for key, _count in managers.most_common() if key in inside]
    ordered = [*first, *(key for key in ids if key != but and key in inside)]
    return Person.objects.filter(pk=ordered[0]).first() if ordered else None


def due_for(shift: Shift | None, *, lead: Person, at: datetime) -> datetime:
    """Return until when a note is read: an hour after the next shift begins where its lead works, else eight hours."""
    if shift is None:
        return at + HOURS
    today = local_date(at, lead.zone)
    begins = at_local(today, shift.starts.hour, shift.starts.minute, lead.zone)
    if begins + GRACE <= at:
        begins = at_local(today + timedelta(days=1), shift.starts.hour, shift.starts.minute, lead.zone)
    return begins + GRACE


def hand_over(
    *, conversation: Conversation, standing: Standing, words: Words, at: datetime, lead: Person | None = None
) -> Handover:
    """Leave a note for the next shift; its lead (or `lead`, a member) owes that it is read.

    The next shift is the one after the writer's own among those of the members. The same key is the same note.
    """
    if conversation.kind not in {Kind.ROSTER, Kind.GROUP}:
        raise Refusal(_("A note for the next shift is left in a group or a shift's conversation."))
    place = placement(person_id=standing.person.pk, day=at.date())
    shift = next_shift(shifts_of(conversation, at=at), after=place.shift if place else None)
    if lead is None and shift is not None:
        lead = lead_of(conversation, shift=shift, but=standing.person.pk, at=at)
    if lead is None or lead.pk == standing.person.pk:
        raise BadInput(_("Say who takes over."), field="lead")
    if not Member.objects.filter(conversation=conversation, person=lead, left_at=None).exists():
        raise BadInput(_("%s is not in this conversation.") % lead.name, field="lead")
    noted = Words(text=words.text, key=words.key, topic=words.topic, files=words.files, kind=PostKind.HANDOVER)
    with transaction.atomic():
        post = say(conversation=conversation, standing=standing, words=noted, at=at)
        made, fresh = Handover.objects.get_or_create(
            post=post, defaults={"to_shift": shift, "lead": lead, "due_at": due_for(shift, lead=lead, at=at)}
        )
        if fresh:
            fact = HandoverWritten(handover_id=made.pk, lead_id=lead.pk)
            publish(fact, at=at, by_id=standing.person.pk)
    return made


def acknowledge(*, conversation: Conversation, standing: Standing, seq: int, at: datetime) -> Handover:
    """Say that one has read a note for one's shift; once, by its lead or whoever owes it by now."""
    with transaction.atomic():
        kept = locked(conversation.pk)
        post = Post.objects.filter(conversation=kept, seq=seq, kind=PostKind.HANDOVER).first()
        handover = handover_of(post) if post is not None else None
        if handover is None:
            raise NotFound(_("There is no such note."))
        if handover.acknowledged_at is not None:
            return handover
        owes = handover.pk in helped_by(person_id=standing.person.pk, kind=HANDOVER)
        if not may_acknowledge(handover, standing, owes=owes):
            raise NotAllowed(_("%s takes this note over.") % handover.lead.name)
        handover.acknowledged_at, handover.acknowledged_by = at, standing.person
        handover.save(update_fields=["acknowledged_at", "acknowledged_by"])
        kept.rev += 1
        kept.save(update_fields=["rev"])
        Post.objects.filter(pk=handover.post_id).update(rev=kept.rev)
        tell_pages(kept, seq=seq)
        publish(HandoverAcknowledged(handover_id=handover.pk), at=at, by_id=standing.person.pk)
    return handover
