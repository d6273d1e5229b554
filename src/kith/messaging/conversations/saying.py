"""Writing posts: each numbered under the lock of its conversation, each once however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower, StrIndex
from django.utils.translation import gettext as _

from kith.kernel.clock import local_date
from kith.kernel.facts import publish
from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.uploads import Made
from kith.messaging.conversations import filing
from kith.messaging.conversations.facts import AnswerAwaited, AnswerGiven
from kith.messaging.conversations.jobs import index_posts
from kith.messaging.conversations.models import Conversation, Kind, Member, Notify, Post, PostKind, Topic
from kith.messaging.conversations.queries import blocks_between, member_of, still_in
from kith.messaging.conversations.rules import LONGEST, Standing, answers, clean, may_edit, may_withdraw
from kith.messaging.live.push import push
from kith.people.persons.models import Person
from kith.people.ties.queries import is_employee

MOST_MENTIONED = 50
MOST_TOPIC = 80
EVENT = "talk"


@dataclass(frozen=True)
class Words:
    """What somebody sends: the text, the key their client made for it, a subject line, and files made clean."""

    text: str
    key: UUID = field(default_factory=uuid4)
    topic: str = ""
    files: Sequence[Made] = ()
    kind: PostKind = PostKind.WORDS


def locked(conversation_id: int) -> Conversation:
    """Return a conversation under its lock: whoever writes, joins or goes waits here for the others."""
    return Conversation.objects.select_for_update().get(pk=conversation_id)


def say(*, conversation: Conversation, standing: Standing, words: Words, at: datetime) -> Post:
    """Write a post. The same key a second time is the first post; with other words it is refused.

    `NotFound` for who is not (or no longer) in it; `Refusal` where the other side cannot be written to.
    """
    text = _text(words)
    with transaction.atomic():
        kept = locked(conversation.pk)
        member, ours = _speaker(kept, standing, at=at)
        known = Post.objects.filter(conversation=kept, author=standing.person, key=words.key).first()
        if known is not None:
            if known.withdrawn_at is None and known.original != text:
                raise Refusal(_("This was sent already, with other words: write it as a new message."), field="text")
            return known
        if kept.kind == Kind.DIRECT:
            _check_other_side(kept, standing.person, at=at)
        post = append(kept, author=standing.person, words=words, text=text, ours=ours, at=at)
        filing.keep(post, words.files)
        Member.objects.filter(pk=member.pk).update(read_seq=post.seq, notified_seq=post.seq)
        tell_pages(kept, seq=post.seq)
        index_posts.defer(ids=[post.pk])
        if kept.kind == Kind.DUTY:
            _owe(kept, post, at=at)
    return post


def append(
    conversation: Conversation, *, author: Person, words: Words, text: str, at: datetime, ours: bool = False
) -> Post:
    """Write the next post of a locked conversation. Its instant is never before that of the one before."""
    at = max(at, conversation.last_at)
    conversation.last_seq, conversation.rev, conversation.last_at = conversation.last_seq + 1, conversation.rev + 1, at
    conversation.save(update_fields=["last_seq", "rev", "last_at"])
    return Post.objects.create(
        conversation=conversation, seq=conversation.last_seq, rev=conversation.rev, kind=words.kind, author=author,
        ours=ours, key=words.key, topic=_topic(conversation, words.topic), text=text, at=at,
        mentions=_mention(conversation, text, author=author) if words.kind != PostKind.EVENT else [],
    )  # fmt: skip


def note_event(conversation: Conversation, *, code: str, person: Person, at: datetime) -> Post:
    """Write down that something happened to a locked conversation: `joined left removed renamed`."""
    return append(conversation, author=person, words=Words("", kind=PostKind.EVENT), text=code, at=at)


def edit(*, conversation: Conversation, standing: Standing, seq: int, text: str, at: datetime) -> Post:
    """Change one's own words within a quarter of an hour; the original stays readable. No change changes nothing."""
    said = _text(Words(text))
    with transaction.atomic():
        kept, post = _own(conversation, standing, seq=seq, at=at)
        if post.text == said:
            return post
        if not may_edit(post, person_id=standing.person.pk, at=at):
            raise Refusal(_("A message can be changed by its author within 15 minutes. Write another one."))
        post.earlier = [*(post.earlier or []), {"text": post.text, "at": (post.edited_at or post.at).isoformat()}]
        post.text, post.edited_at, post.mentions = said, at, _mention(kept, said, author=standing.person, seq=seq)
        _change(kept, post, ["text", "edited_at", "earlier", "mentions"])
    return post


def withdraw(*, conversation: Conversation, standing: Standing, seq: int, at: datetime) -> Post:
    """Take back one's own words: the number stays, words and files are gone. A second time changes nothing."""
    with transaction.atomic():
        kept, post = _own(conversation, standing, seq=seq, at=at)
        if post.withdrawn_at is None:
            if not may_withdraw(post, person_id=standing.person.pk):
                raise Refusal(_("You can withdraw your own messages; a note for the next shift stays."))
            empty(kept, post, by_id=standing.person.pk, at=at)
    return post


def empty(conversation: Conversation, post: Post, *, by_id: int | None, at: datetime) -> None:
    """Take the words, the files and the earlier texts out of a post of a locked conversation."""
    filing.let_go(post.files.all())
    post.text, post.earlier, post.mentions = "", None, []
    post.withdrawn_at, post.withdrawn_by_id = at, by_id
    _change(conversation, post, ["text", "earlier", "mentions", "withdrawn_at", "withdrawn_by_id"])


def tell_pages(conversation: Conversation, *, seq: int) -> None:
    """Let the open pages of everybody in it (and of those who serve it and looked in) know; no words travel."""
    ids = Member.objects.filter(conversation=conversation, left_at=None).values_list("person_id", flat=True)
    push(person_ids=list(ids), event=EVENT, data={"conversation": str(conversation.public_id), "seq": seq})


def _change(conversation: Conversation, post: Post, fields: list[str]) -> None:
    conversation.rev += 1
    conversation.save(update_fields=["rev"])
    post.rev = conversation.rev
    post.save(update_fields=[*fields, "rev"])
    tell_pages(conversation, seq=post.seq)
    index_posts.defer(ids=[post.pk])


def _own(conversation: Conversation, standing: Standing, *, seq: int, at: datetime) -> tuple[Conversation, Post]:
    kept = locked(conversation.pk)
    _speaker(kept, standing, at=at)
    post = Post.objects.filter(conversation=kept, seq=seq, author=standing.person).exclude(kind=PostKind.EVENT).first()
    if post is None:
        raise NotFound(_("There is no such message of yours."))
    return kept, post


def _text(words: Words) -> str:
    if words.files and not words.text.strip():
        return ""
    said = clean(words.text)
    if said is None:
        raise BadInput(_("Write 1 to %d characters.") % LONGEST, field="text")
    return said


def _speaker(conversation: Conversation, standing: Standing, *, at: datetime) -> tuple[Member, bool]:
    """Return the membership of who speaks in a locked conversation, and whether they speak for its function."""
    ours = answers(standing, conversation)
    member = member_of(conversation, person_id=standing.person.pk)
    if member is None and ours:
        member = look_in(conversation, person=standing.person, at=at)
    inside = member is not None and (standing.employed or conversation.kind == Kind.DUTY)
    if member is None or not inside or not still_in(conversation, person=standing.person, at=at):
        raise NotFound(_("There is no such conversation."))
    if conversation.kind == Kind.DUTY and not ours and conversation.asker_id != standing.person.pk:
        raise NotFound(_("There is no such conversation."))
    return member, ours


def look_in(conversation: Conversation, *, person: Person, at: datetime) -> Member:
    """Let somebody who serves a function follow one of its conversations from now on."""
    member, _new = Member.objects.update_or_create(
        conversation=conversation, person=person, defaults={"left_at": None, "gone": ""},
        create_defaults={"joined_at": at, "notify": Notify.MENTIONS},
    )  # fmt: skip
    return member


def _check_other_side(conversation: Conversation, person: Person, *, at: datetime) -> None:
    other = Person.objects.get(
        pk=Member.objects.exclude(person=person).values("person_id").get(conversation=conversation)["person_id"]
    )
    if other.deactivated_at or not is_employee(person_id=other.pk, day=local_date(at, other.zone)):
        raise Refusal(_("%s no longer works here, so nobody would read this.") % other.name)
    for block in blocks_between(one=person.pk, other=other.pk):
        if block.person_id == person.pk:
            raise Refusal(_("You take no messages from %s. Allow them again before you write.") % other.name)
        raise Refusal(_("%s takes no messages from you.") % other.name)


def _topic(conversation: Conversation, name: str) -> Topic | None:
    words = " ".join(name.split())[:MOST_TOPIC]
    if not words or clean(words) is None or conversation.kind not in {Kind.GROUP, Kind.ROSTER}:
        return None
    topic, _new = Topic.objects.get_or_create(
        conversation=conversation, folded=fold(words)[:MOST_TOPIC], defaults={"name": words}
    )
    Topic.objects.filter(pk=topic.pk).update(last_seq=conversation.last_seq)
    return topic


def _mention(conversation: Conversation, text: str, *, author: Person, seq: int | None = None) -> list[int]:
    """Return the members whom a text names after an “@”, and remember that it names them."""
    if "@" not in text:
        return []
    found = named_in(text, conversation_id=conversation.pk, but=author.pk)
    members = Member.objects.filter(conversation=conversation, person_id__in=found, left_at=None)
    number = seq if seq is not None else conversation.last_seq
    members.filter(mentioned_seq__lt=number).update(mentioned_seq=number)
    return found


def named_in(text: str, *, conversation_id: int, but: int) -> list[int]:
    """Return the members called by name after an “@”, at most fifty; one query, whatever case was typed."""
    said = Lower(Value(text))
    called = {
        name: StrIndex(said, Lower(Concat(Value("@"), F(f"person__{name}"))))
        for name in ("full_name", "preferred_name")
    }
    members = Member.objects.filter(conversation=conversation_id, left_at=None, person__erased_at=None)
    named = members.exclude(person=but).annotate(by_full=called["full_name"], by_preferred=called["preferred_name"])
    found = named.filter(Q(by_full__gt=0) | Q(by_preferred__gt=0) & ~Q(person__preferred_name=""))
    return list(found.order_by("person_id").values_list("person_id", flat=True)[:MOST_MENTIONED])


def _owe(conversation: Conversation, post: Post, *, at: datetime) -> None:
    """Say that an answer is owed since the asker wrote, or that it was given; each once."""
    asker_id = conversation.asker_id or 0
    if post.ours and conversation.awaiting_since is not None:
        conversation.awaiting_since = None
        publish(AnswerGiven(conversation_id=conversation.pk, person_id=asker_id), at=at, by_id=post.author_id)
    elif not post.ours and conversation.awaiting_since is None:
        conversation.awaiting_since = post.at
        fact = AnswerAwaited(conversation_id=conversation.pk, person_id=asker_id, duty=conversation.duty)
        publish(fact, at=at, by_id=post.author_id)
    else:
        return
    conversation.save(update_fields=["awaiting_since"])


def mark_read(*, member: Member, seq: int) -> None:
    """Take down how far somebody has read: never back, never beyond the newest post."""
    upto = min(seq, member.conversation.last_seq)
    Member.objects.filter(pk=member.pk, read_seq__lt=upto).update(read_seq=upto)


def mark_unread(*, member: Member, seq: int) -> None:
    """Let a post and what follows count as unread again, for oneself; nobody is reminded of it."""
    last = member.conversation.last_seq
    Member.objects.filter(pk=member.pk).update(read_seq=max(min(seq, last) - 1, 0), notified_seq=last)
