"""Reads of conversations. Everything begins at `visible_to`: what is not one's own is as if it were not there."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Left
from django.utils.translation import gettext as _

from kith.kernel.clock import local_date
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject
from kith.messaging.conversations.models import (
    Block,
    Conversation,
    Handover,
    Keeping,
    Kind,
    Manners,
    Member,
    Post,
    PostFile,
    Report,
    Topic,
)
from kith.messaging.conversations.rules import Standing
from kith.messaging.conversations.shelves import HELPERS
from kith.people.persons.models import Person
from kith.people.segments.queries import contains
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force

CONVERSATION, HANDOVER, REPORT = "conversation", "handover", "report"
PICKED = 8


def helped_by(*, person_id: int, kind: str) -> frozenset[int]:
    """Return the conversations, handovers or reports (their keys) that others say this person answers for now."""
    return frozenset(subject.id for helper in HELPERS for subject in helper.matters(person_id=person_id, kinds=[kind]))


def visible_to(standing: Standing) -> QuerySet[Conversation]:
    """Return the conversations somebody is in, while employed; those with a function always, from either side."""
    inside = Member.objects.filter(conversation=OuterRef("pk"), person=standing.person, left_at=None)
    mine = Q(Exists(inside)) if standing.employed else Q(Exists(inside), kind=Kind.DUTY)
    served = Q(kind=Kind.DUTY, duty__in=standing.desks) if standing.desks else Q(pk__in=())
    helped = Q(kind=Kind.DUTY, pk__in=standing.helped) if standing.helped else Q(pk__in=())
    return Conversation.objects.filter(mine | served | helped)


def conversation_of(standing: Standing, *, public_id: UUID, at: datetime) -> Conversation:
    """Return one of somebody's conversations; `NotFound` for one of others as for none.

    A roster asks its rule again: who moved away an hour ago reads no more.
    """
    found = visible_to(standing).select_related("asker").filter(public_id=public_id).first()
    if found is None or not still_in(found, person=standing.person, at=at):
        raise NotFound(_("There is no such conversation."))
    return found


def still_in(conversation: Conversation, *, person: Person, at: datetime) -> bool:
    """Say whether the rule of a roster holds for a member today; True for other kinds."""
    if conversation.kind != Kind.ROSTER:
        return True
    return contains(rule=conversation.rule, person_id=person.pk, day=local_date(at, person.zone))


def member_of(conversation: Conversation, *, person_id: int) -> Member | None:
    """Return somebody's membership, None where they are not in it (any more)."""
    return Member.objects.filter(conversation=conversation, person_id=person_id, left_at=None).first()


def listed(standing: Standing, *, before: Conversation | None, size: int, unread: bool = False) -> list[Member]:
    """Return somebody's memberships with their conversations, the last active first; `last_text` is the newest post."""
    newest = Post.objects.filter(conversation_id=OuterRef("conversation_id"), seq=OuterRef("conversation__last_seq"))
    rows = Member.objects.filter(person=standing.person, left_at=None).select_related("conversation__asker")
    if not standing.employed:
        rows = rows.filter(conversation__kind=Kind.DUTY)
    if before is not None:
        at, key = before.last_at, before.pk
        rows = rows.filter(Q(conversation__last_at__lt=at) | Q(conversation__last_at=at, conversation_id__lt=key))
    rows = rows.annotate(
        last_text=Subquery(newest.annotate(begin=Left("text", 120)).values("begin")[:1]),
        last_kind=Subquery(newest.values("kind")[:1]),
        last_gone=Subquery(newest.values("withdrawn_at")[:1]),
    )
    if unread:
        rows = rows.filter(conversation__last_seq__gt=Greatest(F("read_seq"), F("since_seq")))
    return list(rows.order_by("-conversation__last_at", "-conversation_id")[:size])


def unread_of(member: Member) -> int:
    """Return how many posts a member has not read: a difference of two numbers."""
    return max(member.conversation.last_seq - max(member.read_seq, member.since_seq), 0)


def others_in(*, conversation_ids: Collection[int], person_id: int) -> dict[int, Person]:
    """Return the other side of direct conversations, by conversation; one query."""
    rows = Member.objects.filter(conversation_id__in=conversation_ids).exclude(person_id=person_id)
    return {row.conversation_id: row.person for row in rows.select_related("person")}


def served_by(standing: Standing) -> QuerySet[Conversation]:
    """Return the questions to the functions that somebody serves or helps: what waits longest first, then the rest."""
    found = visible_to(standing).filter(kind=Kind.DUTY).exclude(asker=standing.person)
    return found.select_related("asker").order_by(F("awaiting_since").asc(nulls_last=True), "-last_at", "-id")


def posts_of(conversation: Conversation, *, since: int) -> QuerySet[Post]:
    """Return the posts of a conversation after number `since`, newest first, with author, topic, files."""
    return (
        Post.objects.filter(conversation=conversation, seq__gt=since)
        .select_related("author", "topic", "handover__lead", "handover__acknowledged_by", "handover__to_shift")
        .prefetch_related("files", "turned")
        .order_by("-seq")
    )


def changed_posts(conversation: Conversation, *, since: int, after: int, rev: int | None, size: int) -> list[Post]:
    """Return what a page lacks, at most `size`: every post written or changed since change `rev`, in their order.

    A page that knows no changes (None) gets the posts after number `after`. Numbers are given under the lock of the
    conversation, so what is committed is always a beginning of them: nothing is ever skipped.
    """
    rows = posts_of(conversation, since=since)
    if rev is None:
        return list(rows.filter(seq__gt=after).order_by("seq")[:size])
    return list(rows.filter(rev__gt=rev).order_by("rev")[:size])


def post_of(conversation: Conversation, *, since: int, seq: int) -> Post:
    """Return one post; `NotFound` for none and for one from before the reader's time."""
    found = posts_of(conversation, since=since).filter(seq=seq).first()
    if found is None:
        raise NotFound(_("There is no such message."))
    return found


def file_of(conversation: Conversation, *, since: int, public_id: UUID) -> PostFile | None:
    """Return a file of a conversation, None for none and for one from before the reader's time."""
    return PostFile.objects.filter(
        post__conversation=conversation, post__seq__gt=since, post__withdrawn_at=None, public_id=public_id
    ).first()


def topics_of(conversation: Conversation) -> Sequence[Topic]:
    """Return the subject lines of a conversation, the last used first, at most 30."""
    return list(conversation.topics.order_by("-last_seq")[:30])


def members_of(conversation: Conversation) -> QuerySet[Member]:
    """Return who is in a conversation, by name."""
    rows = Member.objects.filter(conversation=conversation, left_at=None)
    return rows.select_related("person").order_by("person__sort_key", "id")


def picked(conversation: Conversation, *, words: str, but: int) -> list[Person]:
    """Return members whose name holds `words` (folded), at most eight: those whom one may mention."""
    people = Person.objects.filter(
        pk__in=Member.objects.filter(conversation=conversation, left_at=None).values("person_id"), erased_at=None
    ).exclude(pk=but)
    return list(people.filter(sort_key__contains=words).order_by("sort_key", "id")[:PICKED])


def colleagues(*, words: str, day: datetime, but: int, limit: int = PICKED) -> list[Person]:
    """Return employees whose name holds `words` (folded): those to whom an employee may write."""
    employed = Tie.objects.filter(in_force(day.date()), kind=TieKind.EMPLOYEE).values("person_id")
    people = Person.objects.filter(deactivated_at=None, merged_into=None, pk__in=employed).exclude(pk=but)
    return list(people.filter(sort_key__contains=words).order_by("sort_key", "id")[:limit])


def colleague(*, public_id: UUID, day: datetime) -> Person:
    """Return an employee; `NotFound` for others as for none."""
    employed = Tie.objects.filter(in_force(day.date()), kind=TieKind.EMPLOYEE).values("person_id")
    found = Person.objects.filter(public_id=public_id, deactivated_at=None, merged_into=None, pk__in=employed).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def member_named(conversation: Conversation, *, public_id: str) -> Person:
    """Return a member by what a form sent; `NotFound` for anything else."""
    try:
        key = UUID(public_id)
    except ValueError:
        raise NotFound(_("There is no such person.")) from None
    found = members_of(conversation).filter(person__public_id=key).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found.person


def shows_reading(*, person_id: int) -> bool:
    """Say whether a person lets others see what they read, and sees what others read."""
    return Manners.objects.filter(person_id=person_id, shows_reading=False).first() is None


def readers_of(post: Post, *, but: int) -> QuerySet[Member]:
    """Return the members who have read a post, of those who let it be seen."""
    silent = Manners.objects.filter(shows_reading=False).values("person_id")
    rows = Member.objects.filter(conversation_id=post.conversation_id, left_at=None, read_seq__gte=post.seq)
    return (
        rows.exclude(person_id=but).exclude(person_id__in=silent).select_related("person").order_by("person__sort_key")
    )


def blocked_by(*, person_id: int) -> QuerySet[Block]:
    """Return whom a person takes no messages from."""
    return Block.objects.filter(person_id=person_id).select_related("blocked").order_by("-id")


def blocks_between(*, one: int, other: int) -> list[Block]:
    """Return the blocks between two persons, in either direction."""
    return list(Block.objects.filter(Q(person_id=one, blocked_id=other) | Q(person_id=other, blocked_id=one)))


def handover_of(post: Post) -> Handover | None:
    """Return the handover that a post is, None for others."""
    return Handover.objects.select_related("post", "lead").filter(post=post).first()


def reports(*, open_only: bool = False) -> QuerySet[Report]:
    """Return reports, the open ones first, then the newest."""
    rows = Report.objects.select_related("author", "by", "decided_by")
    rows = rows.filter(decision="open") if open_only else rows
    return rows.order_by(F("decided_at").desc(nulls_first=True), "-id")


def reports_concerning(*, person_id: int) -> QuerySet[Report]:
    """Return what was decided on a person's posts, and what they reported themselves, newest first."""
    concerned = Q(by_id=person_id) | Q(author_id=person_id) & ~Q(decision="open")
    return Report.objects.filter(concerned).select_related("decided_by").order_by("-id")


def keeping() -> Keeping | None:
    """Return for how long posts are kept, None while nobody has decided (they are kept)."""
    return Keeping.objects.order_by("-id").first()


def last_change(conversation_ids: Collection[int]) -> datetime | None:
    """Return when the newest of some conversations was last written in."""
    newest: datetime | None = Conversation.objects.filter(pk__in=conversation_ids).aggregate(n=Max("last_at"))["n"]
    return newest


def subject_of(conversation: Conversation) -> Subject:
    """Return a conversation as a subject."""
    return Subject(CONVERSATION, conversation.pk)
